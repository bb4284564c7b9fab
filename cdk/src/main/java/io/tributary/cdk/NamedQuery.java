package io.tributary.cdk;

import io.tributary.columns.Columns;
import io.tributary.config.MeasureConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.config.TablesConfig;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query that a stage's workgroup has ready: each file of {@code docs/queries}, and one for each rollup.
 *
 * <p>A file begins with comments: the name in the first line, the description in the others. The SQL follows.
 *
 * @param description on one line
 */
record NamedQuery(String name, String description, String sql) {

    private static final String COMMENT = "-- ";
    private static final String FILE_TYPE = ".sql";

    /** What Athena takes. */
    private static final int MAX_NAME_LENGTH = 128;

    private static final int MAX_DESCRIPTION_LENGTH = 1024;

    /** The queries of a stage with this pipeline: those of the folder, over the tables as it calls them, and its rollups'. */
    static List<NamedQuery> of(Path folder, PipelineConfig pipeline) {
        return Stream.concat(
                        read(folder).values().stream().map(query -> query.over(pipeline.tables())),
                        pipeline.rollups().stream().map(NamedQuery::of))
                .toList();
    }

    /** The queries of a folder, by the names of their files. */
    static SortedMap<String, NamedQuery> read(Path folder) {
        SortedMap<String, NamedQuery> queries = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(FILE_TYPE))
                    .forEach(file -> queries.put(file.getFileName().toString(), readFile(file)));
        } catch (IOException e) {
            throw new InvalidInputException("The folder " + folder + " of the stage's queries cannot be listed.", e);
        }
        return queries;
    }

    private static NamedQuery readFile(Path file) {
        List<String> lines = StageFiles.text(file).strip().lines().toList();
        List<String> comments = lines.stream()
                .takeWhile(line -> line.startsWith(COMMENT))
                .map(line -> line.substring(COMMENT.length()).strip())
                .toList();
        String sql = String.join("\n", lines.subList(comments.size(), lines.size()));
        String name = comments.stream().findFirst().orElse("");
        String description = String.join(" ", comments.subList(Math.min(1, comments.size()), comments.size()));
        if (sql.isBlank() || description.isBlank()) {
            throw new InvalidInputException(
                    "The query " + file + " has no name, no description or no SQL. Begin it with"
                            + " comments, the name in the first line and the description below: -- NAME.");
        }
        if (name.length() > MAX_NAME_LENGTH || description.length() > MAX_DESCRIPTION_LENGTH) {
            throw new InvalidInputException("The query " + file + " has a name or a description that is too long for"
                    + " Athena. Shorten it to " + MAX_NAME_LENGTH + " and " + MAX_DESCRIPTION_LENGTH + " characters.");
        }
        return new NamedQuery(name, description, sql);
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

    /** The same query with the tables as a stage calls them; the files have the names by default. */
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
