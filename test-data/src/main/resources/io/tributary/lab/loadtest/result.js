"use strict";
(() => {
  const result = JSON.parse(document.getElementById("data").textContent);
  const series = result.series;
  const UNKNOWN = "?";
  const byId = id => document.getElementById(id);
  const isPhone = () => window.innerWidth <= 720;
  const color = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const TINTS = ["one", "three", "good", "six", "four", "five", "two"];

  // ---- words
  const known = (value, words) => (value === null || value === undefined ? UNKNOWN : words(value));
  const count = value => known(value, v => Math.round(v).toLocaleString("en-US"));
  const number = (value, digits) => known(value, v => v.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const seconds = value => known(value, v => (v < 0.1 ? number(v * 1000, 0) + " ms" : number(v, v < 10 ? 2 : 1) + " s"));
  const millis = value => known(value, v => number(v, v < 10 ? 2 : 0) + " ms");
  const short = v => (Math.abs(v) < 1000 ? String(Math.round(v * 10) / 10) : Math.abs(v) < 1e6 ? Math.round(v / 100) / 10 + "k" : Math.round(v / 1e5) / 10 + "M");

  // ---- elements; what comes from outside is only ever set as text
  const element = (kind, text, style) => {
    const made = document.createElement(kind);
    if (text !== undefined) made.textContent = text;
    if (style) made.className = style;
    return made;
  };
  const row = (table, cells, kind, styles) => {
    const made = element("tr");
    cells.forEach((cell, i) => {
      const box = element(kind, cell, (styles || [])[i] || "");
      if (kind === "td") box.dataset.label = table.rows[0].cells[i].textContent;
      made.append(box);
    });
    table.append(made);
    return made;
  };

  // ---- the head
  const verdict = result.verdict;
  byId("sentence").className = verdict.status === "pass" ? "good" : verdict.status === "missed" ? "warn" : "bad";
  byId("when").textContent = "Run at " + result.at.slice(0, 19).replace("T", " ") + " UTC, of commit " + result.machine.commit + ".";
  byId("decides").textContent = "What it decides: " + result.decides;
  byId("command").textContent = result.command;
  const machine = result.machine;
  byId("machine").textContent = machine.cores + " cores (" + machine.cpu + "), " + machine.memory_gb + " GB, " + machine.os + ", Java " + machine.java
    + ". Load of " + count(result.load.records) + " records in " + result.load.seconds + " s through " + result.load.data_centers
    + " data centers, of which " + result.load.warm_up_seconds + " s are warm-up and left out of the figures.";
  byId("yaml").textContent = result.profile_yaml;
  result.limits.forEach(words => byId("limits").append(element("li", words)));

  const fact = (label, value, below, style) => {
    const box = element("div", undefined, "fact");
    box.append(element("span", label, "quiet"), element("b", value, style || ""), element("span", below || "", "quiet"));
    byId("facts").append(box);
  };
  const pipeline = result.pipeline;
  const transport = result.transport;
  const fresh = pipeline.freshness;
  const work = pipeline.work;
  fact("Correctness", verdict.exact ? "exact" : "NOT EXACT", count(pipeline.sent) + " sent, " + count(pipeline.missing) + " missing, "
    + count(pipeline.visible_twice) + " visible twice", verdict.exact ? "good" : "bad");
  fact("Accounts", verdict.balanced ? "balanced" : "NOT BALANCED", "audit of the logs and of the data", verdict.balanced ? "good" : "bad");
  const late = result.generator.phase_2_late_ms;
  fact("Generator", verdict.void.length === 0 ? "on time" : "VOID", "99 of 100 records at most " + millis(late.p99) + " late",
    verdict.void.length === 0 ? "good" : "bad");
  if (fresh) {
    fact("Freshness p99", seconds(fresh.due_on_time.p99), "p50 " + seconds(fresh.due_on_time.p50) + ", from due to visible");
    fact("With late events", seconds(fresh.due_all.p99), "p99; those wait for a merge");
    fact("CPU a million", number(work.cpu_per_million, 0) + " s", "stream " + number(work.cpu_per_million_ingest, 0) + ", merge "
      + number(work.cpu_per_million_merge, 0));
  }

  // ---- tables
  const objectives = byId("objectives");
  row(objectives, ["", "objective", "target", "result", "margin", "status"], "th", ["words", "words", "words", "words", "words", "words"]);
  result.objectives.forEach(one => {
    const mood = { pass: "good", missed: "bad" }[one.status] || "";
    row(objectives, [one.id, one.objective, one.target, one.result, one.margin || "–", one.status], "td",
      ["words", "words whole", "words", "words", "words", "words state " + mood]).dataset.objective = one.id;
    if (one.cause) {
      const cause = element("tr", undefined, "trouble");
      const cell = element("td", one.cause);
      cell.colSpan = 6;
      cause.append(cell);
      objectives.append(cause);
    }
  });
  const both = byId("both");
  row(both, ["", "phase 1: transport alone", "phase 2: pipeline"], "th", ["words"]);
  const pair = (name, one, other) => row(both, [name, one, other], "td", ["words whole"]);
  pair("sent and acknowledged", count(transport.acknowledged), count(pipeline.sent));
  pair("received, visible", count(transport.received), count(pipeline.visible));
  pair("duplicates that Kafka added, that were sent", count(transport.never_acknowledged + transport.twice), count(pipeline.duplicates_sent));
  pair("missing", count(transport.missing), count(pipeline.missing));
  pair("twice", count(transport.twice), count(pipeline.visible_twice));
  pair("quarantined", "–", count(pipeline.quarantined));
  pair("generator late, p99", millis(result.generator.phase_1_late_ms.p99), millis(late.p99));
  if (fresh) {
    pair("from due, p50", seconds(transport.due_to_receive.p50), seconds(fresh.due_on_time.p50));
    pair("from due, p99", seconds(transport.due_to_receive.p99), seconds(fresh.due_on_time.p99));
    pair("from due, p99.9", seconds(transport.due_to_receive.p999), seconds(fresh.due_on_time.p999));
    pair("from append, p99", seconds(transport.append_to_receive.p99), seconds(fresh.append_on_time.p99));
  }
  if (fresh) {
    const phases = byId("phases");
    row(phases, ["phase", "records/s", "from, s", "to, s", "fresh p50", "p99", "lag at end", "lag slope", "generator late", "kept up"], "th", ["words"]);
    result.phases.forEach(one => row(phases, [one.name, count(one.rate), number(one.from, 0), number(one.to, 0), seconds(one.freshness.p50),
      seconds(one.freshness.p99), number(one.lag_at_end, 0) + " s", number(one.lag_slope, 2) + " s/s", millis(one.generator_late_p99_ms),
      one.keeps_up ? "yes" : "no"], "td", ["words whole"]));
    byId("faults-section").hidden = result.faults.length === 0;
    const faults = byId("faults");
    row(faults, ["fault", "from, s", "to, s", "recovery"], "th", ["words"]);
    result.faults.forEach(one => row(faults, [one.fault, number(one.from, 1), number(one.to, 1), seconds(one.recovery_seconds)], "td", ["words whole"]));
    const centers = byId("data-centers");
    row(centers, ["data center", "events", "p50", "p95", "p99", "max"], "th", ["words"]);
    Object.entries(fresh.data_centers).forEach(([name, one]) => {
      row(centers, [name, count(one.count), seconds(one.p50), seconds(one.p95), seconds(one.p99), seconds(one.max)], "td", ["words whole"]).dataset.dataCenter = name;
    });
  } else {
    document.querySelectorAll(".figures").forEach(section => { section.hidden = true; });
  }

  // ---- charts
  const charts = [];
  const text = () => ({ color: color("text"), fontSize: 12 });
  const quiet = () => ({ color: color("quiet"), fontSize: 12, hideOverlap: true });
  const lines = () => ({ lineStyle: { color: color("line") } });
  const tip = () => ({ renderMode: "richText", confine: true, backgroundColor: color("card"), borderColor: color("line"), textStyle: { color: color("text"), fontSize: 12 } });
  const make = (id, height, option) => {
    const box = byId(id);
    box.style.height = height + "px";
    const made = echarts.init(box, null, { renderer: "svg" });
    made.setOption({ animation: false, textStyle: { color: color("text"), fontFamily: getComputedStyle(document.body).fontFamily }, ...option });
    charts.push(made);
  };
  const end = () => Math.max(result.load.seconds, ...series.records.map(one => one.t));
  const shaded = () => ({ silent: true, itemStyle: { color: color("shade") },
    data: result.faults.map(one => [{ xAxis: one.from }, { xAxis: Math.max(one.to, one.from + 0.5) }]) });
  // Room for the legend, which breaks into lines where the window is narrow.
  const top = (id, names) => {
    const width = byId(id).clientWidth - 8;
    let used = 0;
    let rows = 1;
    names.forEach(name => {
      const wide = 34 + 7.2 * name.length;
      if (used + wide > width && used > 0) { rows += 1; used = 0; }
      used += wide;
    });
    return 12 + 23 * rows;
  };
  const overTime = (id, lists, axis, more) => {
    const above = top(id, lists.map(one => one.name));
    make(id, 210 + above, {
      grid: { left: 58, right: 18, top: above, bottom: 28 },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, selectedMode: false, textStyle: text(), data: lists.map(one => one.name) },
      tooltip: { ...tip(), trigger: "axis" },
      xAxis: { type: "value", min: 0, max: Math.ceil(end()), axisLabel: { ...quiet(), formatter: v => v + " s" }, axisLine: lines(), splitLine: { show: false } },
      yAxis: { type: axis.log ? "log" : "value", min: axis.min, axisLabel: { ...quiet(), formatter: axis.words }, splitLine: lines() },
      series: lists.map((one, i) => ({ type: "line", showSymbol: false, step: one.step ? "end" : false, name: one.name, data: one.data,
        lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid", color: color(one.tint || TINTS[i % TINTS.length]) },
        itemStyle: { color: color(one.tint || TINTS[i % TINTS.length]) }, markArea: i === 0 ? shaded() : undefined, ...(more || {}) }))
    });
  };
  const points = (list, key) => list.map(one => [one.t, one[key]]);
  const rates = key => series.records.slice(1).map((one, i) => [series.records[i].t, one[key] - series.records[i][key]]);

  const recordsChart = () => overTime("records", [
    { name: "due", data: points(series.records, "due"), tint: "four", dashed: true },
    { name: "sent", data: points(series.records, "sent"), tint: "three" },
    { name: "acknowledged", data: points(series.records, "appended"), tint: "six" },
    { name: "read and staged", data: points(series.records, "read"), tint: "one", step: true },
    { name: "merged", data: points(series.records, "merged"), tint: "good", step: true }], { words: short });
  const rateChart = () => overTime("rate", [
    { name: "due", data: rates("due"), tint: "four", dashed: true },
    { name: "sent", data: rates("sent"), tint: "three" },
    { name: "acknowledged", data: rates("appended"), tint: "six" }], { words: short });
  const lagChart = () => {
    const worst = Object.entries(series.lag).sort((a, b) => Math.max(...b[1]) - Math.max(...a[1])).slice(0, 6).sort((a, b) => a[0].localeCompare(b[0]));
    overTime("lag", worst.map(([name, values]) => ({ name, data: values.map((v, t) => [t, v]) })), { words: v => short(v) + " s" });
  };
  const freshnessChart = () => overTime("freshness", [
    { name: "p50", data: points(series.freshness, "p50"), tint: "two" },
    { name: "p99", data: points(series.freshness, "p99"), tint: "one" },
    { name: "phase 1, p99", data: points(series.transport, "p99"), tint: "four", dashed: true }], { words: v => short(v) + " s" });

  const curveChart = () => {
    const NAMES = [["on time, from due", "due_on_time", "one"], ["on time, from append", "append_on_time", "two"], ["with late events", "due_all", "three"],
      ["phase 1", "transport", "four"]];
    // One of ten, of a hundred, of a thousand take longer: each is as wide as the one before.
    const place = percentile => Math.log10(100 / Math.max(0.001, 100 - percentile));
    const above = top("curve", NAMES.map(one => one[0]));
    make("curve", 210 + above, {
      grid: { left: 54, right: 26, top: above, bottom: 28 },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, selectedMode: false, textStyle: text() },
      tooltip: { ...tip(), trigger: "item", formatter: p => p.seriesName + ": " + number(100 - 100 / Math.pow(10, p.data[0]), 3) + "% within " + seconds(p.data[1]) },
      xAxis: { type: "value", min: 0, max: 4, interval: 1, axisLabel: { ...quiet(), formatter: v => ["0%", "90%", "99%", "99.9%", "99.99%"][v] || "" }, axisLine: lines(), splitLine: lines() },
      yAxis: { type: "log", min: 0.01, axisLabel: { ...quiet(), formatter: v => (v < 1 ? v : short(v)) + " s" }, splitLine: lines() },
      series: NAMES.map(([name, key, tint]) => ({ type: "line", name, symbolSize: 4,
        data: series.curves[key].map(([percentile, value]) => [place(percentile), Math.max(0.01, value)]).filter(one => one[0] <= 4),
        lineStyle: { width: 2, color: color(tint) }, itemStyle: { color: color(tint) } }))
    });
  };

  const heatChart = () => {
    const map = series.heat_map;
    const bounds = map.rows.map((bound, i) => (i === 0 ? "up to " : "") + bound + " s").concat("longer");
    const columns = Math.max(...map.cells.map(cell => cell[0])) + 1;
    make("heat", 330, {
      grid: { left: 74, right: 16, top: 10, bottom: 64 },
      tooltip: { ...tip(), formatter: p => "due at " + p.data[0] * map.bucket + " s, " + bounds[p.data[1]] + ": " + count(p.data[2]) + " events" },
      visualMap: { min: 0, max: Math.max(...map.cells.map(cell => cell[2])), orient: "horizontal", left: 70, bottom: 0, itemHeight: 110, itemWidth: 12,
        inRange: { color: [color("line"), color("one")] }, textStyle: text(), formatter: v => short(v) },
      xAxis: { type: "category", data: Array.from({ length: columns }, (_, i) => i * map.bucket), axisTick: { show: false }, axisLine: lines(),
        axisLabel: { ...quiet(), formatter: v => v + " s" } },
      yAxis: { type: "category", data: bounds, axisTick: { show: false }, axisLine: lines(), axisLabel: { ...quiet() } },
      series: [{ type: "heatmap", data: map.cells, itemStyle: { borderColor: color("card"), borderWidth: 1 } }]
    });
  };

  const PARTS = [["ask Kafka", "latestOffset", "four"], ["plan", "queryPlanning", "six"], ["read, decode, dedup, write, commit", "addBatch", "one"],
    ["checkpoint", "walCommit", "three"], ["after", "commitOffsets", "good"]];
  const batchesChart = () => {
    const above = top("batches", PARTS.map(one => one[0]));
    make("batches", 210 + above, {
      grid: { left: 58, right: 18, top: above, bottom: 28 },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, selectedMode: false, textStyle: text() },
      tooltip: { ...tip(), trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: v => seconds(v) },
      xAxis: { type: "category", data: series.batches.map(one => Math.round(one.t)), axisTick: { show: false }, axisLine: lines(), axisLabel: { ...quiet(), formatter: v => v + " s" } },
      yAxis: { type: "value", axisLabel: { ...quiet(), formatter: v => short(v) + " s" }, splitLine: lines() },
      series: PARTS.map(([name, key, tint]) => ({ type: "bar", name, stack: "all", barMaxWidth: 40, data: series.batches.map(one => one.parts[key] || 0),
        itemStyle: { color: color(tint) } }))
    });
  };

  const cpuChart = () => {
    const processes = Object.keys(series.cpu[0] || {}).filter(key => key !== "t");
    overTime("cpu", processes.map(name => ({ name, data: points(series.cpu, name) })), { words: short });
  };
  const heapChart = () => {
    byId("gc").textContent = "Pauses took " + seconds(work.gc_seconds_ingest) + " of the streaming job's time and " + seconds(work.gc_seconds_merge)
      + " of the merge job's, start-up included.";
    overTime("heap", ["ingest", "merge"].map(name => ({ name, data: series.gc.filter(one => one.process === name).map(one => [one.t, one.heap_mb]) })),
      { words: v => short(v) + " MB" }, { showSymbol: true, symbolSize: 5 });
  };
  const filesChart = () => overTime("files", ["staging", "merged", "quarantine"].map(name => ({ name, step: true,
    data: points(series.files, "events_" + name + "_files") })), { words: short });

  const draw = () => {
    charts.splice(0).forEach(made => made.dispose());
    if (series) {
      [recordsChart, rateChart, lagChart, freshnessChart, curveChart, heatChart, batchesChart, cpuChart, heapChart, filesChart].forEach(chart => chart());
    }
    document.body.dataset.drawn = "yes";
  };
  draw();
  let pending = 0;
  window.addEventListener("resize", () => {
    clearTimeout(pending);
    pending = setTimeout(draw, 150);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
