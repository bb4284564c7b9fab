package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.SettingsFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Parses the pipeline file, section by section. */
final class PipelineConfigParser {

    private PipelineConfigParser() {}

    static PipelineConfig parse(String yaml, String origin) {
        return SettingsFile.parse(yaml, "pipeline configuration", origin, PipelineConfigParser::pipeline);
    }

    static Supplier<PipelineConfig> pipeline(Section root) {
        EventConfig event = root.section("event", EventConfig.DEFAULTS, PipelineConfigParser::event);
        List<ColumnConfig> columns = columns(root);
        EventTimeBounds eventTime =
                root.section("event_time", EventTimeBounds.DEFAULTS, PipelineConfigParser::eventTime);
        DedupConfig dedup = root.section("dedup", DedupConfig.DEFAULTS, PipelineConfigParser::dedup);
        TriggerConfig trigger = root.section("trigger", TriggerConfig.DEFAULTS, PipelineConfigParser::trigger);
        BreakerConfig breaker = root.section("breaker", BreakerConfig.DEFAULTS, PipelineConfigParser::breaker);
        MergeConfig merge = root.section("merge", MergeConfig.DEFAULTS, PipelineConfigParser::merge);
        RetentionConfig retention =
                root.section("retention", RetentionConfig.DEFAULTS, PipelineConfigParser::retention);
        TablesConfig tables = root.section("tables", TablesConfig.DEFAULTS, PipelineConfigParser::tables);
        CatalogConfig catalog = root.section("catalog", CatalogConfig.DEFAULTS, PipelineConfigParser::catalog);
        catalog.manifestTable()
                .filter(tables.all()::contains)
                .ifPresent(name -> root.problem(
                        "catalog.manifest_table",
                        Quoted.of(name) + " is the name of another table or view; choose another name"));
        List<String> names = new ArrayList<>(tables.all());
        catalog.manifestTable().ifPresent(names::add);
        List<RollupConfig> rollups = new RollupsParser(new RollupColumns(columns), names).parse(root);
        return () -> new PipelineConfig(
                event, columns, eventTime, dedup, trigger, breaker, merge, retention, tables, catalog, rollups);
    }

    private static EventConfig event(Section section) {
        EventConfig defaults = EventConfig.DEFAULTS;
        return new EventConfig(
                section.distinctTexts("id", defaults.id(), Places::require),
                section.text("time", defaults.time(), Places::require),
                section.text("type", defaults.type(), Places::require),
                section.optionalText("data_center", Places::require),
                section.textOrTexts("time_format", defaults.timeFormats(), TimeFormat::parse),
                section.text("time_zone", defaults.timeZone(), EventConfig::parseTimeZone),
                section.choice("time_fallback", defaults.timeFallback()),
                section.choice("on_tombstone", defaults.onTombstone()),
                heartbeats(section),
                section.choice("registry_header", defaults.registryHeader()),
                format(section).orElse(defaults.format()));
    }

    /** What {@code format}, {@code schema} and {@code message} say together; empty if there is none of them. */
    static Optional<RecordFormat> format(Section event) {
        Optional<String> schema = event.optionalText("schema", text -> text);
        Optional<String> message = event.optionalText("message", text -> text);
        if (event.lacks("format") && schema.isEmpty() && message.isEmpty()) {
            return Optional.empty();
        }
        RecordFormat.Kind kind = event.choice("format", RecordFormat.Kind.JSON);
        try {
            return Optional.of(new RecordFormat(kind, schema.orElse(null), message.orElse(null)));
        } catch (IllegalArgumentException e) {
            event.problem(message.isPresent() && schema.isEmpty() ? "message" : "schema", e.getMessage());
            return Optional.empty();
        }
    }

    static List<RecordCondition> heartbeats(Section event) {
        return event.section(
                "on_heartbeat",
                List.of(),
                heartbeat -> heartbeat.textOrTexts("where", List.of(), RecordCondition::parse));
    }

    private static List<ColumnConfig> columns(Section root) {
        Set<String> names = new HashSet<>();
        return root.sections("columns", section -> {
            Optional<String> name = section.requiredText("name", ColumnConfig::requireName);
            Optional<ColumnType> type = section.requiredText("type", ColumnType::parse);
            Optional<String> from = section.requiredText("from", Places::require);
            List<TimeFormat> timeFormats = section.textOrTexts("time_format", List.of(), TimeFormat::parse);
            name.filter(text -> !names.add(text))
                    .ifPresent(text -> section.problem(
                            "name", Quoted.of(text) + " is the name of an earlier column; choose another name"));
            return name.isPresent() && type.isPresent() && from.isPresent()
                    ? Optional.of(new ColumnConfig(name.get(), type.get(), from.get(), timeFormats))
                    : Optional.empty();
        });
    }

    private static EventTimeBounds eventTime(Section section) {
        EventTimeBounds defaults = EventTimeBounds.DEFAULTS;
        return new EventTimeBounds(
                section.literal("max_age", defaults.maxAge(), Durations::parsePositive),
                section.literal("max_ahead", defaults.maxAhead(), Durations::parse));
    }

    private static DedupConfig dedup(Section section) {
        DedupConfig defaults = DedupConfig.DEFAULTS;
        Duration window = section.literal("window", defaults.window(), Durations::parsePositive);
        return new DedupConfig(
                window,
                section.choice("scope", defaults.scope()),
                section.literal("clock_skew", defaults.clockSkew(), Durations::parse),
                section.literal(
                        "time_tolerance",
                        DedupConfig.timeTolerance(window),
                        text -> DedupConfig.parseTimeTolerance(text, window)),
                (int) section.wholeNumber("state_partitions", defaults.statePartitions(), 1, 10_000),
                section.choice("state_store", defaults.stateStore()));
    }

    private static BreakerConfig breaker(Section section) {
        BreakerConfig defaults = BreakerConfig.DEFAULTS;
        return new BreakerConfig(
                (int) section.wholeNumber("max_rejected_percent", defaults.maxRejectedPercent(), 1, 100),
                section.literal("window", defaults.window(), Durations::parsePositive),
                section.wholeNumber("min_records", defaults.minRecords(), 1, 1_000_000_000L));
    }

    private static TriggerConfig trigger(Section section) {
        TriggerConfig defaults = TriggerConfig.DEFAULTS;
        return new TriggerConfig(
                section.literal("interval", defaults.interval(), Durations::parsePositive),
                section.wholeNumber(
                        "max_records_per_data_center", defaults.maxRecordsPerDataCenter(), 1, 1_000_000_000_000L),
                section.wholeNumber("max_replay_records", defaults.maxReplayRecords(), 1, 1_000_000_000L),
                section.literal("metadata_timeout", defaults.metadataTimeout(), TriggerConfig::parseMetadataTimeout));
    }

    private static MergeConfig merge(Section section) {
        MergeConfig defaults = MergeConfig.DEFAULTS;
        return new MergeConfig(section.literal("target_file_size", defaults.targetFileBytes(), DataSizes::parse), (int)
                section.wholeNumber("compact_after_files", defaults.compactAfterFiles(), 2, 1_000_000));
    }

    private static RetentionConfig retention(Section section) {
        RetentionConfig defaults = RetentionConfig.DEFAULTS;
        return new RetentionConfig(
                section.literal("staging", defaults.staging(), RetentionConfig::parseStaging),
                section.literal("files", defaults.files(), RetentionConfig::parseFiles),
                section.optionalText("events", RetentionConfig::parseDates),
                section.optionalText("quarantine", RetentionConfig::parseDates));
    }

    private static TablesConfig tables(Section section) {
        TablesConfig defaults = TablesConfig.DEFAULTS;
        return new TablesConfig(
                section.optionalText("location", TablesConfig::parseLocation),
                section.text("database", defaults.database(), TablesConfig::requireName),
                section.text("staging", defaults.staging(), TablesConfig::requireName),
                section.text("merged", defaults.merged(), TablesConfig::requireName),
                section.text("quarantine", defaults.quarantine(), TablesConfig::requireName),
                section.text("view", defaults.view(), TablesConfig::requireName),
                section.text("raw_view", defaults.rawView(), TablesConfig::requireName));
    }

    private static CatalogConfig catalog(Section section) {
        return new CatalogConfig(
                section.choice("type", CatalogConfig.DEFAULTS.type()),
                section.optionalText("id", CatalogConfig::requireAccount),
                section.optionalText("manifest_table", TablesConfig::requireName));
    }
}
