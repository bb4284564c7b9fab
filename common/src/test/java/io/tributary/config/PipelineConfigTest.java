package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.ColumnType.Kind;
import io.tributary.error.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "---\n", "{}", "event:\ncolumns: []\ndedup: {}\n"})
    void aFileThatSaysNothingGivesTheDefaults(String yaml) {
        PipelineConfig config = PipelineConfig.parse(yaml, "pipeline.yaml");

        assertThat(config).isEqualTo(PipelineConfig.defaults());
        assertThat(config.event())
                .isEqualTo(new EventConfig(
                        List.of("/event_id"),
                        "/event_time",
                        "/event_type",
                        Optional.empty(),
                        List.of(TimeFormat.DEFAULT),
                        ZoneId.of("UTC"),
                        EventConfig.TimeFallback.NONE,
                        EventConfig.OnTombstone.QUARANTINE,
                        List.of(),
                        EventConfig.RegistryHeader.QUARANTINE,
                        RecordFormat.JSON));
        assertThat(config.columns()).isEmpty();
        assertThat(config.eventTime()).isEqualTo(new EventTimeBounds(Duration.ofDays(7300), Duration.ofMinutes(5)));
        assertThat(config.dedup())
                .isEqualTo(new DedupConfig(
                        Duration.ofHours(1),
                        DedupScope.GLOBAL,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        4,
                        DedupStateStore.FINGERPRINTS));
        assertThat(config.trigger())
                .isEqualTo(new TriggerConfig(Duration.ofSeconds(10), 100_000, 20_000, Duration.ofSeconds(3)));
        assertThat(config.merge()).isEqualTo(new MergeConfig(128_000_000, 8));
        assertThat(config.retention()).isEqualTo(new RetentionConfig(Duration.ofDays(7), Duration.ofDays(7)));
        assertThat(config.rollups()).isEmpty();
        assertThat(config.tables())
                .isEqualTo(new TablesConfig(
                        Optional.empty(),
                        "tributary",
                        "events_staging",
                        "events_merged",
                        "events_quarantine",
                        "events",
                        "events_raw"));
        assertThat(config.catalog()).isEqualTo(new CatalogConfig(CatalogType.NONE, Optional.empty(), Optional.empty()));
    }

    @Test
    void everyKeyIsRead() {
        String yaml = """
                event:
                  id: [/meta/id, "header:ce_id"]
                  time: /meta/at
                  type: /kind
                  data_center: key:/net
                  time_format: [yyyy/MM/dd HH:mm, epoch_seconds]
                  time_zone: Europe/Berlin
                  time_fallback: kafka
                  on_tombstone: skip
                  on_heartbeat: {where: [/op = h, "header:beat"]}
                  registry_header: skip
                  format: protobuf
                  schema: message A {}
                  message: A
                columns:
                  - {name: amount, type: "decimal(18,4)", from: /order/amount}
                  - {name: strength, type: double, from: key}
                  - {name: seen, type: timestamp, from: /seen, time_format: epoch_nanos}
                event_time: {max_age: 30d, max_ahead: 0}
                dedup: {window: 1h30m, scope: data_center, clock_skew: PT30S, time_tolerance: 250ms, state_partitions: 8,
                        state_store: rocksdb}
                trigger: {interval: 500ms, max_records_per_data_center: 5000, max_replay_records: 700, metadata_timeout: 1s}
                breaker: {max_rejected_percent: 80, window: 2m, min_records: 40}
                merge: {target_file_size: 64MiB, compact_after_files: 3}
                retention: {staging: 30d, files: 2d, events: 400d, quarantine: 90d}
                tables:
                  location: s3://bucket/lake/
                  database: db
                  staging: s
                  merged: m
                  quarantine: q
                  view: v
                  raw_view: r
                catalog: {type: glue, id: "123456789012", manifest_table: p}
                rollups:
                  - name: per_hour
                    bucket: 1h
                    group_by: [event_type, amount]
                    measures:
                      - {name: orders, type: count}
                      - {name: total, type: sum, column: amount}
                      - {name: weakest, type: min, column: strength}
                      - {name: latest, type: max, column: event_time}
                      - {name: ids, type: approx_distinct, column: event_id}
                """;

        assertThat(PipelineConfig.parse(yaml, "pipeline.yaml"))
                .isEqualTo(new PipelineConfig(
                        new EventConfig(
                                List.of("/meta/id", "header:ce_id"),
                                "/meta/at",
                                "/kind",
                                Optional.of("key:/net"),
                                List.of(TimeFormat.parse("yyyy/MM/dd HH:mm"), TimeFormat.parse("epoch_seconds")),
                                ZoneId.of("Europe/Berlin"),
                                EventConfig.TimeFallback.KAFKA,
                                EventConfig.OnTombstone.SKIP,
                                List.of(new RecordCondition("/op", "h"), new RecordCondition("header:beat", null)),
                                EventConfig.RegistryHeader.SKIP,
                                new RecordFormat(RecordFormat.Kind.PROTOBUF, "message A {}", "A")),
                        List.of(
                                new ColumnConfig("amount", new ColumnType(Kind.DECIMAL, 18, 4), "/order/amount"),
                                new ColumnConfig("strength", new ColumnType(Kind.DOUBLE, 0, 0), "key"),
                                new ColumnConfig(
                                        "seen",
                                        new ColumnType(Kind.TIMESTAMP, 0, 0),
                                        "/seen",
                                        List.of(TimeFormat.parse("epoch_nanos")))),
                        new EventTimeBounds(Duration.ofDays(30), Duration.ZERO),
                        new DedupConfig(
                                Duration.ofMinutes(90),
                                DedupScope.DATA_CENTER,
                                Duration.ofSeconds(30),
                                Duration.ofMillis(250),
                                8,
                                DedupStateStore.ROCKSDB),
                        new TriggerConfig(Duration.ofMillis(500), 5000, 700, Duration.ofSeconds(1)),
                        new BreakerConfig(80, Duration.ofMinutes(2), 40),
                        new MergeConfig(64L << 20, 3),
                        new RetentionConfig(
                                Duration.ofDays(30),
                                Duration.ofDays(2),
                                Optional.of(Duration.ofDays(400)),
                                Optional.of(Duration.ofDays(90))),
                        new TablesConfig(Optional.of(URI.create("s3://bucket/lake")), "db", "s", "m", "q", "v", "r"),
                        new CatalogConfig(CatalogType.GLUE, Optional.of("123456789012"), Optional.of("p")),
                        List.of(new RollupConfig(
                                "per_hour",
                                Duration.ofHours(1),
                                List.of("event_type", "amount"),
                                List.of(
                                        new MeasureConfig("orders", MeasureType.COUNT, Optional.empty()),
                                        new MeasureConfig("total", MeasureType.SUM, Optional.of("amount")),
                                        new MeasureConfig("weakest", MeasureType.MIN, Optional.of("strength")),
                                        new MeasureConfig("latest", MeasureType.MAX, Optional.of("event_time")),
                                        new MeasureConfig(
                                                "ids", MeasureType.APPROX_DISTINCT, Optional.of("event_id")))))));
    }

    @Test
    void whatRunsKeepsItsFilesForAnHourAtLeast() {
        assertThatThrownBy(() -> PipelineConfig.parse("retention: {staging: 0, files: 30m, events: 2h}", "test"))
                .hasMessageContaining("retention.staging: \"0\" is too short; it must be at least 1h")
                .hasMessageContaining("retention.files: \"30m\" is too short; it must be at least 1d")
                .hasMessageContaining("retention.events: \"2h\" is too short; it must be at least 1d");
    }

    @Test
    void allProblemsAreReportedTogether() {
        String yaml = """
                event: {id: id, time_zone: Mars}
                columns:
                  - {name: Amount, type: money}
                dedup:
                  window: 1 hour
                  scpe: global
                tables: {staging: events}
                """;

        assertThatThrownBy(() -> PipelineConfig.parse(yaml, "s3://bucket/pipeline.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("""
                        The pipeline configuration s3://bucket/pipeline.yaml has 8 problems:
                          event.id: "id" is not a JSON pointer to a field; start it with /, separate levels by /, and write ~1 for / and ~0 for ~ inside a name, for example /order/id; or write key, key:/id or header:ce_id
                          event.time_zone: "Mars" is not a time zone; write for example UTC, Europe/Berlin or +02:00
                          columns[0].name: "Amount" is not a column name; write lower-case letters, digits and _, starting with a letter, at most 127 characters
                          columns[0].type: "money" is not a column type; write string, boolean, int, long, double, timestamp, date, for example decimal(18,4), or of these array<TYPE>, map<string,TYPE> or struct<NAME:TYPE,…>
                          columns[0].from: is missing; it has no default
                          dedup.window: "1 hour" is not a duration; write for example 90s, 1h or PT1H
                          dedup.scpe: is not a known key; did you mean scope?
                          tables: [events, events_merged, events_quarantine, events, events_raw] name two tables alike; staging, merged, quarantine, view and raw_view need five different names""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "event: {id: 7} | event.id: 7 stands where text is needed; put it in quotes",
                "event: {id: true} | event.id: true stands where text is needed; put it in quotes",
                "event: {id: } | event.id: nothing stands where text is needed",
                "event: {id: [a]} | event.id[0]: \"a\" is not a JSON pointer to a field",
                "event: {id: []} | event.id: the list is empty; list at least one, or remove the key",
                "event: {id: [/a, /b, /a]} | event.id[2]: \"/a\" is listed twice; remove one of the two",
                "event: {time: [/a]} | event.time: a list stands where text is needed",
                "event: {id: 'key:id'} | event.id: \"id\" is not a JSON pointer to a field",
                "event: {id: 'header:'} | event.id: \"header:\" names no header; write for example header:ce_id",
                "event: {on_tombstone: drop} | event.on_tombstone: \"drop\" is not a choice here; write quarantine or skip",
                "event: {on_heartbeat: {where: 'op = h'}} | event.on_heartbeat.where: \"op\" is not a JSON pointer",
                "event: {on_heartbeat: {where: /op=h}} | event.on_heartbeat.where: \"/op=h\" is no place; to compare, write a space"
                        + " on both sides of =, as in /op = heartbeat",
                "event: {on_heartbeat: skip} | event.on_heartbeat: text stands where keys with values are needed",
                "event: {time_fallback: no} | event.time_fallback: \"no\" is not a choice here; write none or kafka",
                "event: {time_format: []} | event.time_format: the list is empty; list at least one, or remove the key",
                "event: {time_format: [default, 7]} | event.time_format[1]: 7 stands where text is needed; put it in quotes",
                "event: {time_format: epoch_secs} | event.time_format: \"epoch_secs\" is not a format of times; write",
                "event: {time_format: [iso, default]} | event.time_format[0]: \"iso\" is not a format of times; write",
                "columns: [{name: a, type: long, from: /a, time_format: iso8601}] | and a is none; remove it, or write",
                "event: {id: /a~2} | event.id: \"/a~2\" is not a JSON pointer",
                "event: {data_center: ''} | event.data_center: \"\" is not a JSON pointer",
                "event: [] | event: a list stands where keys with values are needed",
                "event: /id | event: text stands where keys with values are needed",
                "event: {{a: b}: c} | event: a group of keys is not a key",
                "[] | the file: a list stands where keys with values are needed",
                "columns: {name: a} | columns: a group of keys stands where a list is needed; write [] for none",
                "columns: [amount] | columns[0]: text stands where keys with values are needed",
                "columns: [{name: on_time, type: int, from: /a}] | \"on_time\" is a column that every event has",
                "dedup: {window: 0} | dedup.window: \"0\" is too short; it must be longer than 0",
                "dedup: {window: 3600} | dedup.window: \"3600\" is not a duration; write for example 90s, 1h or PT1H",
                "dedup: {window: [1h]} | dedup.window: a list stands where a single value is needed",
                "dedup: {clock_skew: -5m} | dedup.clock_skew: \"-5m\" is not a duration",
                "dedup: {clock_skew: PT-5M} | dedup.clock_skew: \"PT-5M\" is not a duration between 0 and 365000d",
                "dedup: {scope: GLOBAL} | dedup.scope: \"GLOBAL\" is not a choice here; write global or data_center",
                "dedup: {state_partitions: 0} | dedup.state_partitions: 0 is not a whole number from 1 to 10000",
                "dedup: {state_partitions: '4'} | \"4\" is not a whole number from 1 to 10000; write digits only, without",
                "dedup: {state_partitions: 1.5} | 1.5 is not a whole number",
                "dedup: {state_partitions: 99999999999999999999} | 99999999999999999999 is not a whole number",
                "dedup: {state_partitions: } | dedup.state_partitions: nothing is not a whole number",
                "trigger: {max_records_per_data_center: 0} | trigger.max_records_per_data_center: 0 is not a whole number",
                "trigger: {interval: 0s} | trigger.interval: \"0s\" is too short",
                "trigger: {metadata_timeout: 365000d} | trigger.metadata_timeout: \"365000d\" is too long; one silent",
                "merge: {target_file_size: big} | merge.target_file_size: \"big\" is not a size; write for example 128MB",
                "merge: {compact_after_files: 1} | merge.compact_after_files: 1 is not a whole number from 2",
                "tables: {view: My-View} | tables.view: \"My-View\" is not a name that every SQL engine takes unquoted",
                "tables: {location: bucket/lake} | tables.location: \"bucket/lake\" is not a place for the lake",
                "tables: {location: 's3:/lake'} | tables.location: \"s3:/lake\" is not a place for the lake",
                "tables: {location: 'file:lake'} | \"file:lake\" is not a place for the lake; write for example s3://",
                "tables: {location: 'file://host/lake'} | \"file://host/lake\" is not a place for the lake",
                "tables: {location: 's3://b/a b'} | tables.location: \"s3://b/a b\" is not a place for the lake",
                "tabels: {} | tabels: is not a known key; did you mean tables?",
                "event: {timeZone: UTC} | event.timeZone: is not a known key; did you mean time_zone?",
                "zzz: 1 | zzz: is not a known key; known here: event, columns, event_time, dedup, trigger, breaker, merge, retention, tables, catalog",
                "catalog: {type: hive} | catalog.type: \"hive\" is not a choice here; write none or glue",
                "catalog: {id: '12'} | catalog.id: \"12\" is not an AWS account; write its 12 digits in quotes",
                "catalog: {manifest_table: p} | catalog: manifest_table is set, and type says that nothing is registered",
                "catalog: {type: glue, manifest_table: events} | catalog.manifest_table: \"events\" is the name of another",
                "merge: {compact_after_files: 3, compact_after_files: 4} | is given twice, again in line 1; remove one",
            })
    void aProblemNamesKeyValueRuleAndRemedy(String yaml, String problem) {
        assertThatThrownBy(() -> PipelineConfig.parse(yaml, "pipeline.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The pipeline configuration pipeline.yaml has 1 problem:\n")
                .hasMessageContaining(problem);
    }

    @Test
    void columnNamesAreUnique() {
        String yaml = """
                columns:
                  - {name: amount, type: int, from: /a}
                  - {name: amount, type: int, from: /b}
                """;

        assertThatThrownBy(() -> PipelineConfig.parse(yaml, "pipeline.yaml"))
                .hasMessageContaining(
                        "columns[1].name: \"amount\" is the name of an earlier column; choose another name");
    }

    @Test
    void everythingThatIsWrongWithARollupIsReportedTogether() {
        String yaml = """
                columns: [{name: amount, type: int, from: /a}, {name: buyer, type: string, from: /b}]
                rollups:
                  - name: events
                    bucket: 7m
                    group_by: [amont, event_type, event_type]
                    measures:
                      - {name: amount, type: sum, column: buyer}
                      - {name: event_type, type: count}
                      - {name: x, type: average, column: amount}
                      - {name: y, type: min}
                  - {name: empty, bucket: 1d}
                """;

        assertThatThrownBy(() -> PipelineConfig.parse(yaml, "pipeline.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The pipeline configuration pipeline.yaml has 9 problems:\n")
                .hasMessageContaining("rollups[0].name: \"events\" is the name of another table or view")
                .hasMessageContaining("rollups[0].bucket: PT7M does not divide a day into equal buckets")
                .hasMessageContaining(
                        "rollups[0].group_by[0]: \"amont\" is not a column for this; did you mean amount?")
                .hasMessageContaining("rollups[0].group_by[2]: \"event_type\" is the name of another column")
                .hasMessageContaining("rollups[0].measures[0].column: \"buyer\" is a string, and only int, long,")
                .hasMessageContaining("rollups[0].measures[1].name: \"event_type\" is a column that every event has")
                .hasMessageContaining("rollups[0].measures[2].type: \"average\" is not a measure; write count or sum")
                .hasMessageContaining("rollups[0].measures[3].column: is missing; only a count can do without")
                .hasMessageContaining("rollups[1].measures: is missing; a rollup needs at least one measure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event:\n  id: 'open\n", "event:\n  id: [\n", "event:\n\tid: /a\n", "a: b: c\n"})
    void aSyntaxErrorSaysWhere(String yaml) {
        assertThatThrownBy(() -> PipelineConfig.parse(yaml, "pipeline.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s)The pipeline configuration pipeline.yaml has 1 problem:\n"
                        + "  line \\d, column \\d: this is not YAML: .+; check indentation, quotes and brackets.*");
    }

    @Test
    void charactersThatYamlForbidsAreAProblem() {
        assertThatThrownBy(() -> PipelineConfig.parse("event: \u0000", "pipeline.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the file: this is not YAML: it holds characters that are not allowed");
    }

    @Test
    void aConfigBuiltInCodeObeysTheSameRules() {
        assertThatThrownBy(() -> new DedupConfig(
                        Duration.ZERO,
                        DedupScope.GLOBAL,
                        Duration.ZERO,
                        Duration.ZERO,
                        1,
                        DedupStateStore.FINGERPRINTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PT0S is not a duration longer than 0");
        assertThatThrownBy(() -> new TablesConfig(Optional.empty(), "d", "a", "a", "b", "c", "e"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, a, b, c, e] name two tables alike");
        assertThatThrownBy(() -> new TablesConfig(Optional.empty(), "d", "a", "f", "b", "c", "pipeline_log"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, f, b, c, pipeline_log] name a table pipeline_status or pipeline_log");
    }
}
