package io.tributary.cdk;

import io.tributary.columns.Columns;
import io.tributary.config.MeasureConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.config.TablesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query that a stage's workgroup has ready: each of {@code docs/querying.md}, where it is a heading {@code ### name},
 * words for people, and the SQL in a fenced block, and one for each rollup.
 *
 * @param description the first paragraph under the heading, on one line; the name, where there is none
 */
record NamedQuery(String name, String description, String sql) {

    private static final Pattern SECTION = Pattern.compile("(?m)^###\\s+(.+)$");
    private static final Pattern SQL = Pattern.compile("(?ms)^```sql\\n(.*?)^```");

    /** What Athena takes. */
    private static final int MAX_NAME_LENGTH = 128;

    private static final int MAX_DESCRIPTION_LENGTH = 1024;

    /** Those of a page for a stage with this pipeline, over the tables as it calls them, and those of its rollups. */
    static List<NamedQuery> of(String page, PipelineConfig pipeline) {
        return Stream.concat(
                        parse(page).stream().map(query -> query.over(pipeline.tables())),
                        pipeline.rollups().stream().map(NamedQuery::of))
                .toList();
    }

    /** All queries of the page, in its order. A heading without SQL is no query. */
    static List<NamedQuery> parse(String page) {
        List<NamedQuery> queries = new ArrayList<>();
        Matcher heading = SECTION.matcher(page);
        while (heading.find()) {
            String section = page.substring(heading.end()).split("(?m)^#{1,3} ", 2)[0];
            Matcher sql = SQL.matcher(section);
            if (sql.find()) {
                String words = section.substring(0, sql.start()).strip().split("\\n\\s*\\n", 2)[0];
                String name = shortened(heading.group(1).strip().replace("`", ""), MAX_NAME_LENGTH);
                String description = words.isBlank() ? name : words.replaceAll("\\s+", " ");
                queries.add(new NamedQuery(
                        name,
                        shortened(description, MAX_DESCRIPTION_LENGTH),
                        sql.group(1).strip()));
            }
        }
        return queries;
    }

    /** A rollup since yesterday, the newest buckets first. */
    private static NamedQuery of(RollupConfig rollup) {
        String columns = Stream.concat(
                        Stream.concat(Stream.of(Columns.BUCKET_START), rollup.groupBy().stream()),
                        rollup.measures().stream().map(MeasureConfig::name))
                .collect(Collectors.joining(",\n    "));
        String measures =
                rollup.measures().stream().map(MeasureConfig::toString).collect(Collectors.joining(", "));
        return new NamedQuery(
                shortened("Rollup " + rollup.name(), MAX_NAME_LENGTH),
                shortened("By time bucket, as far as it is merged: " + measures, MAX_DESCRIPTION_LENGTH),
                "SELECT\n    " + columns + "\nFROM " + rollup.name()
                        + "\nWHERE event_date >= current_date - INTERVAL '1' DAY\nORDER BY bucket_start DESC");
    }

    /** The same query with the tables as a stage calls them; the page has the names by default. */
    private NamedQuery over(TablesConfig tables) {
        Map<String, String> names = new TreeMap<>(Map.of(
                TablesConfig.DEFAULTS.view(), tables.view(),
                TablesConfig.DEFAULTS.rawView(), tables.rawView(),
                TablesConfig.DEFAULTS.staging(), tables.staging(),
                TablesConfig.DEFAULTS.merged(), tables.merged(),
                TablesConfig.DEFAULTS.quarantine(), tables.quarantine()));
        String renamed = Pattern.compile("\\b(" + String.join("|", names.keySet()) + ")\\b")
                .matcher(sql)
                .replaceAll(name -> names.get(name.group(1)));
        return new NamedQuery(name, description, renamed);
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
