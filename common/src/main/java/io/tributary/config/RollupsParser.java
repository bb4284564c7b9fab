package io.tributary.config;

import io.tributary.columns.Columns;
import io.tributary.config.yaml.Quoted;
import io.tributary.config.yaml.Section;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses the rollups of the pipeline file. */
final class RollupsParser {

    private final RollupColumns columns;
    private final Set<String> tables;

    /** @param tables the names of other tables and views */
    RollupsParser(RollupColumns columns, Collection<String> tables) {
        this.columns = columns;
        this.tables = new HashSet<>(tables);
    }

    List<RollupConfig> parse(Section root) {
        return root.sections("rollups", this::rollup);
    }

    private Optional<RollupConfig> rollup(Section section) {
        Optional<String> name = section.requiredText("name", this::table);
        Optional<Duration> bucket = section.requiredLiteral("bucket", RollupConfig::parseBucket);
        Set<String> taken = new HashSet<>(Set.of(Columns.BUCKET_START, Columns.EVENT_DATE));
        List<String> groupBy = section.texts("group_by", column -> group(column, taken));
        List<MeasureConfig> measures = section.sections("measures", measure -> measure(measure, taken));
        if (section.lacks("measures") || section.isEmptyList("measures")) {
            section.problem("measures", "is missing; a rollup needs at least one measure");
        }
        return name.isPresent() && bucket.isPresent() && !measures.isEmpty()
                ? Optional.of(new RollupConfig(name.get(), bucket.get(), groupBy, measures))
                : Optional.empty();
    }

    private String table(String name) {
        TablesConfig.requireName(name);
        if (!tables.add(name)) {
            throw new IllegalArgumentException(
                    Quoted.of(name) + " is the name of another table or view; choose another name");
        }
        return name;
    }

    private String group(String column, Set<String> taken) {
        columns.requireGroup(column);
        if (!taken.add(column)) {
            throw new IllegalArgumentException(taken(column));
        }
        return column;
    }

    private Optional<MeasureConfig> measure(Section section, Set<String> taken) {
        Optional<String> name = section.requiredText("name", ColumnConfig::requireName);
        Optional<MeasureType> type = section.requiredText("type", MeasureType::parse);
        Optional<String> column = section.optionalText(
                "column",
                text -> type.isPresent() ? columns.requireMeasured(type.get(), text) : columns.requireMeasured(text));
        boolean lacksColumn = section.lacks("column")
                && type.filter(measure -> measure != MeasureType.COUNT).isPresent();
        if (lacksColumn) {
            section.problem("column", "is missing; only a count can do without");
        }
        if (name.isEmpty() || type.isEmpty() || (column.isEmpty() && type.get() != MeasureType.COUNT)) {
            return Optional.empty();
        }
        MeasureConfig measure = new MeasureConfig(name.get(), type.get(), column);
        List<String> repeated =
                measure.columns().stream().filter(own -> !taken.add(own)).toList();
        repeated.forEach(own -> section.problem("name", taken(own)));
        return repeated.isEmpty() ? Optional.of(measure) : Optional.empty();
    }

    private static String taken(String column) {
        return Quoted.of(column) + " is the name of another column of this rollup; choose another name";
    }
}
