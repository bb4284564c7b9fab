"use strict";
(() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const status = page.status;
  const names = Object.keys(status.data_centers);
  const UNKNOWN = "?";
  const isPhone = () => window.innerWidth <= 720;
  const color = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  // ---- words, as the command line writes them
  const known = (value, words) => (value === null || value === undefined ? UNKNOWN : words(value));
  const count = value => known(value, v => Math.round(v).toLocaleString("en-US"));
  const short = v => v < 1000 ? String(v) : v < 1e6 ? trim(v / 1e3) + "k" : v < 1e9 ? trim(v / 1e6) + "M" : trim(v / 1e9) + "G";
  const trim = v => (v < 10 ? v.toFixed(1).replace(/\.0$/, "") : String(Math.floor(v)));
  const percent = share => known(share, s => {
    const p = 100 * s;
    if (p === 0 || p === 100) return p + "%";
    if (p < 1) return Math.max(0.01, Math.round(p * 100) / 100).toFixed(2) + "%";
    return p > 99 ? Math.min(99.99, Math.floor(p * 100) / 100).toFixed(2) + "%" : (Math.round(p * 10) / 10).toFixed(1) + "%";
  });
  const duration = seconds => known(seconds, value => {
    const s = Math.max(0, value);
    if (s < 10) return s.toFixed(1) + " s";
    const whole = Math.floor(s);
    if (whole < 60) return whole + " s";
    const two = (great, unit, small, smallUnit) => great + " " + unit + (small ? " " + small + " " + smallUnit : "");
    if (whole < 3600) return two(Math.floor(whole / 60), "min", whole % 60, "s");
    if (whole < 172800) return two(Math.floor(whole / 3600), "h", Math.floor(whole % 3600 / 60), "min");
    return two(Math.floor(whole / 86400), "d", Math.floor(whole % 86400 / 3600), "h");
  });
  const ago = at => known(at, v => duration((Date.parse(status.at) - Date.parse(v)) / 1000) + " ago");
  const time = at => known(at, v => {
    const iso = new Date(v).toISOString();
    return iso.slice(0, 10) === status.at.slice(0, 10) ? iso.slice(11, 19) : iso.slice(5, 16).replace("T", " ");
  });

  // ---- elements; what comes from outside is only ever set as text
  const element = (kind, text, style) => {
    const made = document.createElement(kind);
    if (text !== undefined) made.textContent = text;
    if (style) made.className = style;
    return made;
  };
  const byId = id => document.getElementById(id);

  const mood = state => ({ SILENT: "bad", STOPPED: "bad", CATCHING_UP: "warn", OK: "good", IDLE: "good" })[state] || "";

  // ---- the head
  const pageTime = Date.parse(status.at);
  byId("sentence").className = status.must_act ? "bad"
    : names.some(name => mood(status.data_centers[name].state) === "warn") || status.objective.is_met === false || status.stream.running !== "running" ? "warn" : "good";
  byId("next").textContent = "Type next: " + status.next;
  const showAge = () => {
    const seconds = Math.max(0, (Date.now() - pageTime) / 1000);
    const age = byId("age");
    age.textContent = "Written " + duration(Math.floor(seconds)) + " ago, at " + new Date(pageTime).toISOString().slice(0, 19).replace("T", " ")
      + " UTC. A merge writes it anew.";
    age.classList.toggle("stale", seconds > page.stale_after_seconds);
  };
  showAge();
  setInterval(showAge, 1000);

  // ---- facts
  const fact = (label, value, below, style) => {
    const box = element("div", undefined, "fact");
    box.append(element("span", label, "quiet"), element("b", value, style || ""), element("span", below || "", "quiet"));
    byId("facts").append(box);
  };
  const objective = status.objective;
  fact("Objective",
    objective.is_met === null ? UNKNOWN : objective.is_met ? "MET" : "MISSED",
    percent(objective.share_last_hour) + " of the last hour within " + duration(objective.seconds) + ", " + percent(objective.share_wanted)
      + " wanted; budget of the month left " + percent(objective.budget_left),
    objective.is_met === null ? "" : objective.is_met ? "good" : "bad");
  const stream = status.stream;
  fact("Stream", { running: "running", down: "DOWN" }[stream.running] || UNKNOWN,
    "batch " + count(stream.batch) + ", " + ago(stream.committed_at) + ", took " + duration(stream.batch_seconds),
    { running: "good", down: "bad" }[stream.running]);
  fact("Last merge", ago(status.merge.committed_at), "merge " + count(status.merge.merge) + ", " + count(status.merge.rows) + " rows",
    status.merge.is_overdue ? "bad" : "");
  fact("Not merged yet", (status.rows_not_merged_is_lower_bound ? "at least " : "") + count(status.rows_not_merged), "rows in staging");
  fact("Maintenance", ago(status.maintenance_at), "");
  const audit = status.audit;
  fact("Audit", audit === null ? UNKNOWN : audit.findings === 0 ? "balanced" : count(audit.findings) + " findings",
    audit === null ? "" : ago(audit.at) + (audit.deep ? ", of the data" : ", of the logs"), audit === null ? "" : audit.findings === 0 ? "good" : "bad");
  fact("Merged files", count(status.merged_files), "in staging " + count(status.staging_files));
  if (status.notes.length > 0) {
    byId("notes").hidden = false;
    status.notes.forEach(note => byId("notes").querySelector("ul").append(element("li", note)));
  }

  // ---- tables
  const row = (table, cells, kind, styles) => {
    const made = element("tr");
    cells.forEach((cell, i) => {
      const box = element(kind, cell, styles[i] || "");
      // On a phone, rows are cards and each value stands below the name of its column.
      if (kind === "td") box.dataset.label = table.rows[0].cells[i].textContent;
      made.append(box);
    });
    table.append(made);
    return made;
  };
  const retention = dc => dc.retention_ends_at === "never" ? "no limit" : dc.retention_left_seconds !== null ? duration(dc.retention_left_seconds)
    : percent(dc.retention_used_share === null ? null : 1 - dc.retention_used_share);
  const dataCenters = byId("data-centers");
  row(dataCenters, ["data center", "state", "lag", "lag time", "records/s", "fresh p50", "p99", "late", "dupl.", "quar.", "cast",
    "retention left", "valid through"], "th", ["words", "words"]);
  names.forEach(name => {
    const dc = status.data_centers[name];
    row(dataCenters, [name, { CATCHING_UP: "CATCHING UP", UNKNOWN: UNKNOWN }[dc.state] || dc.state, count(dc.lag_records),
      duration(dc.lag_seconds), count(dc.records_per_second), duration(dc.freshness_p50_seconds), duration(dc.freshness_p99_seconds),
      percent(dc.late_share), percent(dc.duplicate_share), percent(dc.quarantined_share), percent(dc.cast_failures_per_record),
      retention(dc), time(dc.valid_through)], "td", ["words", "words state " + mood(dc.state)]).dataset.dataCenter = name;
    dc.trouble.forEach(words => {
      const trouble = element("tr", undefined, "trouble");
      const cell = element("td", name + ": " + words);
      cell.colSpan = 13;
      trouble.append(cell);
      dataCenters.append(trouble);
    });
  });
  if (page.more_data_centers > 0) {
    byId("more").hidden = false;
    byId("more").textContent = "… and " + page.more_data_centers + " more, which do better; tributary status shows all.";
  }
  const history = byId("history");
  row(history, ["time", "kind", "data center", "what"], "th", ["words", "words", "words", "words"]);
  page.history.forEach(entry => row(history, [time(entry.at), entry.kind, entry.data_center || "–", entry.what], "td",
    ["words", "words", "words", "words long"]));

  // ---- charts
  const charts = [];
  const chart = (id, height, option, empty) => {
    const box = byId(id);
    if (option === null) {
      box.className = "chart empty";
      box.textContent = empty;
      return;
    }
    box.style.height = height + "px";
    const made = echarts.init(box, null, { renderer: "svg" });
    // Drawn, not made of HTML, so that no name can become markup.
    made.setOption({
      animation: false,
      textStyle: { color: color("text"), fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { renderMode: "richText", confine: true, backgroundColor: color("card"), borderColor: color("line"),
        textStyle: { color: color("text"), fontSize: 12 } },
      ...option
    });
    charts.push(made);
  };
  const axisText = () => ({ color: color("text"), fontSize: 12 });
  const lines = () => ({ lineStyle: { color: color("line") } });
  const cut = (name, most) => (name.length > most ? name.slice(0, most - 1) + "…" : name);
  const shown = name => cut(name, 16);
  const widest = Math.min(130, 14 + 7 * Math.max(2, ...names.map(name => shown(name).length)));
  const names_axis = () => ({ type: "category", data: names, inverse: true, axisTick: { show: false }, axisLine: lines(),
    axisLabel: { ...axisText(), interval: 0, formatter: shown } });

  const bars = (id, values, words, axis, colors, mark) => chart(id, (mark ? 80 : 40) + names.length * 26 * values.length, {
    grid: { left: widest, right: 74, top: mark ? 50 : 8, bottom: 26 },
    legend: values.length > 1 ? { top: 0, left: 0, itemWidth: 12, itemHeight: 12, selectedMode: false, textStyle: axisText() } : undefined,
    xAxis: { type: "value", min: 0, splitNumber: isPhone() ? 3 : 5, axisLabel: { ...axisText(), color: color("quiet"), hideOverlap: true, ...axis.label },
      splitLine: lines(), ...axis.of },
    yAxis: names_axis(),
    series: values.map((series, i) => ({
      type: "bar", name: series.name, barMaxWidth: 14, silent: true,
      data: series.data.map((value, k) => ({ value: value === null ? 0 : value, name: names[k],
        itemStyle: { color: colors(value, i) } })),
      itemStyle: { color: colors(0, i) },
      label: { show: true, position: "right", color: color("text"), fontSize: 12, formatter: p => words(series.data[p.dataIndex], p.dataIndex) },
      markLine: mark && i === 0 ? { silent: true, symbol: "none", data: [{ xAxis: mark.at }], lineStyle: { color: color("good"), width: 2, type: "dashed" },
        label: { formatter: mark.words, color: color("good"), position: "start", fontSize: 12 } } : undefined
    }))
  });

  const flowChart = () => {
    const nodes = new Map();
    const links = [];
    const KINDS = { on_time: ["on time", "one"], late: ["late", "three"], staged: ["staged", "two"], duplicate: ["duplicate", "four"],
      quarantined: ["quarantined", "five"], merged: ["merged", "good"], waiting: ["not merged yet", "two"] };
    const add = (from, to, value) => {
      if (value > 0) {
        links.push({ source: from, target: to, value });
        nodes.set(from, (nodes.get(from) || [0, 0]).map((v, i) => (i === 0 ? v + value : v)));
        nodes.set(to, (nodes.get(to) || [0, 0]).map((v, i) => (i === 1 ? v + value : v)));
      }
    };
    page.flow.forEach(dc => ["on_time", "late", "staged", "duplicate", "quarantined"].forEach(kind => add("dc " + dc.data_center, kind, dc[kind])));
    // A phone has no room for the last step, which the facts above tell too.
    (isPhone() ? [] : ["on_time", "late", "staged"]).forEach(kind => ["merged", "waiting"].forEach(end =>
      add(kind, end, page.flow.reduce((sum, dc) => sum + dc[kind + "_" + end], 0))));
    const label = id => (id.startsWith("dc ") ? cut(id.slice(3), isPhone() ? 12 : 16) : KINDS[id][0]);
    const data = [...nodes].map(([id, sums]) => ({
      name: id, depth: id.startsWith("dc ") ? 0 : id === "merged" || id === "waiting" ? 2 : 1,
      itemStyle: { color: color(id.startsWith("dc ") ? "one" : KINDS[id][1]) },
      label: { formatter: label(id) + "  " + short(Math.max(...sums)) } }));
    const most = Math.max(page.flow.length, 4);
    chart("flow", 40 + most * 46, links.length === 0 ? null : {
      tooltip: { renderMode: "richText", confine: true, backgroundColor: color("card"), borderColor: color("line"), textStyle: { color: color("text"), fontSize: 12 },
        formatter: p => p.dataType === "edge" ? label(p.data.source) + " → " + label(p.data.target) + ": " + count(p.data.value)
          : label(p.name) + ": " + count(p.value) },
      series: [{ type: "sankey", left: 2, right: isPhone() ? 118 : 150, top: 10, bottom: 10, nodeWidth: 14, nodeGap: 22, draggable: false, layoutIterations: 32,
        emphasis: { focus: "adjacency" }, data, links, label: { color: color("text"), fontSize: 12, textBorderWidth: 0 },
        lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 } }]
    }, "Nothing was read in the last hour.");
  };

  const latenessChart = () => {
    const buckets = page.lateness;
    chart("lateness", 250, buckets === null || buckets.every(b => b.on_time + b.late === 0) ? null : {
      grid: { left: 48, right: 8, top: 30, bottom: 28 },
      legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, selectedMode: false, textStyle: axisText() },
      tooltip: { renderMode: "richText", confine: true, trigger: "axis", backgroundColor: color("card"), borderColor: color("line"), textStyle: { color: color("text"), fontSize: 12 } },
      xAxis: { type: "category", data: buckets.map(b => b.label), axisTick: { show: false }, axisLine: lines(), axisLabel: { ...axisText(), hideOverlap: true } },
      yAxis: { type: "value", axisLabel: { ...axisText(), color: color("quiet"), formatter: short }, splitLine: lines() },
      series: [["on time", "on_time", "one"], ["late", "late", "three"]].map(([name, key, tint]) => ({ type: "bar", name, stack: "all",
        data: buckets.map(b => b[key]), itemStyle: { color: color(tint) }, barMaxWidth: 46 }))
    }, page.not_counted || "No rows arrived in the last hour.");
  };

  const completenessChart = () => {
    const hours = page.completeness === null ? [] : [...new Set(page.completeness.map(h => h.hour))].sort().slice(isPhone() ? -12 : -24);
    const STATES = { complete: ["complete", "good"], open: ["open", "three"], unknown: ["?", "four"] };
    const cells = hours.length === 0 ? [] : page.completeness.filter(h => hours.includes(h.hour)).map(h => ({
      value: [hours.indexOf(h.hour), names.indexOf(h.data_center), Object.keys(STATES).indexOf(h.state)], hour: h,
      label: { formatter: short(h.merged + h.not_merged), color: h.state === "complete" ? color("card") : "#16202a" } })).filter(cell => cell.value[1] >= 0);
    byId("counted").textContent = "Rows by event time" + (page.counted_at === null ? "" : ", counted " + ago(page.counted_at))
      + ". Complete: all that was sent until the hour ended is merged.";
    chart("completeness", 78 + names.length * 30, cells.length === 0 ? null : {
      grid: { left: widest, right: 4, top: 32, bottom: 26 },
      tooltip: { renderMode: "richText", confine: true, backgroundColor: color("card"), borderColor: color("line"), textStyle: { color: color("text"), fontSize: 12 },
        formatter: p => p.data.hour.data_center + ", " + p.data.hour.hour.slice(0, 16).replace("T", " ") + ": " + STATES[p.data.hour.state][0] + "\n"
          + count(p.data.hour.merged) + " merged, " + count(p.data.hour.not_merged) + " not merged, of these "
          + count(p.data.hour.not_merged_late) + " late" },
      visualMap: { type: "piecewise", dimension: 2, orient: "horizontal", top: 0, left: 0, itemWidth: 12, itemHeight: 12, selectedMode: false,
        textStyle: axisText(), pieces: Object.values(STATES).map(([label, tint], i) => ({ value: i, label, color: color(tint) })) },
      xAxis: { type: "category", data: hours.map(h => h.slice(11, 13)), axisTick: { show: false }, axisLine: lines(), axisLabel: { ...axisText(), hideOverlap: true } },
      yAxis: names_axis(),
      series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: color("card"), borderWidth: 2 },
        label: { show: !isPhone(), fontSize: 11, textBorderWidth: 0 } }]
    }, page.not_counted || "The lake holds no event of these hours.");
  };

  const draw = () => {
    charts.splice(0).forEach(made => made.dispose());
    flowChart();
    const dcs = names.map(name => status.data_centers[name]);
    if (names.length === 0) {
      ["freshness", "lag", "retention"].forEach(id => chart(id, 0, null, "No data center has been read yet."));
    } else {
      const p99 = Math.max(0, ...dcs.map(dc => dc.freshness_p99_seconds || 0));
      bars("freshness", [{ name: "half within", data: dcs.map(dc => dc.freshness_p50_seconds) }, { name: "99% within", data: dcs.map(dc => dc.freshness_p99_seconds) }],
        duration, { of: { max: Math.ceil(1.05 * Math.max(p99, objective.seconds)) }, label: { formatter: v => v + " s" } },
        (value, i) => (i === 1 && value > objective.seconds ? color("bad") : color(i === 0 ? "two" : "one")), { at: objective.seconds, words: "objective" });
      const isLag = dcs.some(dc => dc.lag_seconds > 0);
      bars("lag", [{ name: "lag", data: dcs.map(dc => dc.lag_seconds) }],
        (value, i) => (dcs[i].lag_records === 0 ? "none" : duration(value)), { of: isLag ? {} : { max: 1 }, label: { formatter: v => (v === 0 ? "0" : duration(v)) } },
        value => (value > objective.seconds ? color("bad") : color("one")));
      bars("retention", [{ name: "left", data: dcs.map(dc => (dc.retention_used_share === null ? null : 100 * (1 - dc.retention_used_share))) }],
        (value, i) => retention(dcs[i]), { of: { max: 100 }, label: { formatter: v => v + "%" } },
        value => (value !== null && value < 20 ? color("bad") : color("one")));
    }
    latenessChart();
    completenessChart();
    document.body.dataset.drawn = "yes";
  };
  draw();
  let pending = 0;
  window.addEventListener("resize", () => {
    clearTimeout(pending);
    pending = setTimeout(draw, 150);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  if (location.protocol !== "file:") {
    setTimeout(() => location.reload(), 30000);
  }
})();
