package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedQueryTest {

    private static final Path QUERIES = Path.of("..", "docs", "queries");
    private static final Path PAGE = Path.of("..", "docs", "querying.md");

    /** A heading, a paragraph, and SQL in a fenced block. */
    private static final Pattern ON_PAGE =
            Pattern.compile("(?ms)^### ([^\\n]+)\\n\\n((?:(?!^#|^```).)*?)^```sql\\n(.*?)\\n```$");

    @TempDir
    private Path folder;

    @Test
    void theCommentsOfAFileAreNameAndDescription() throws IOException {
        write("newest.sql", """
                -- Newest events
                -- What arrived
                -- last.
                SELECT event_id -- the identity
                FROM events
                """);
        write("README.md", "no query");

        assertThat(NamedQuery.read(folder))
                .containsExactly(entry(
                        "newest.sql",
                        new NamedQuery(
                                "Newest events",
                                "What arrived last.",
                                "SELECT event_id -- the identity\nFROM events")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "-- Name\nSELECT 1", "-- Name\n-- Description", ""})
    void aFileWithoutNameDescriptionOrSqlIsRejected(String text) throws IOException {
        Path file = write("a.sql", text);

        assertThatThrownBy(() -> NamedQuery.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The query " + file + " has no name, no description or no SQL. Begin it with comments, the"
                        + " name in the first line and the description below: -- NAME.");
    }

    @Test
    void whatIsTooLongForAthenaIsRejected() throws IOException {
        write("a.sql", "-- " + "n".repeat(129) + "\n-- Description\nSELECT 1");

        assertThatThrownBy(() -> NamedQuery.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Shorten it to 128 and 1024 characters.");
    }

    @Test
    void tablesAreNamedAsTheStageNamesThem() throws IOException {
        write("a.sql", "-- A\n-- Words\nSELECT event_id\nFROM events JOIN events_raw USING (event_id)");
        write("b.sql", "-- B\n-- Words\nSELECT reason FROM events_quarantine");
        PipelineConfig pipeline =
                PipelineConfig.parse("tables: {view: seen, raw_view: arrived, quarantine: events_refused}", "test");

        assertThat(NamedQuery.of(folder, pipeline))
                .extracting(NamedQuery::sql)
                .containsExactly(
                        "SELECT event_id\nFROM seen JOIN arrived USING (event_id)",
                        "SELECT reason FROM events_refused");
    }

    @Test
    void everyRollupHasAQuery() {
        PipelineConfig pipeline = PipelineConfig.parse("""
                rollups:
                  - name: per_minute
                    bucket: 1m
                    group_by: [event_type]
                    measures: [{name: events, type: count}, {name: users, type: approx_distinct, column: event_id}]
                """, "test");

        assertThat(NamedQuery.of(folder, pipeline))
                .containsExactly(new NamedQuery(
                        "Rollup per_minute",
                        "By time bucket, as far as it is merged: events: count(*), users: approx_distinct(event_id)",
                        "SELECT\n    bucket_start,\n    event_type,\n    events,\n    users\nFROM per_minute\n"
                                + "WHERE event_date >= current_date - INTERVAL '1' DAY\nORDER BY bucket_start DESC"));
    }

    @Test
    void thePageForAnalystsShowsTheQueriesThatAStageInstalls() {
        Map<String, NamedQuery> onPage = new LinkedHashMap<>();
        ON_PAGE.matcher(StageFiles.text(PAGE))
                .results()
                .map(found ->
                        new NamedQuery(found.group(1), found.group(2).strip().replaceAll("\\s+", " "), found.group(3)))
                .forEach(query -> onPage.put(query.name(), query));

        NamedQuery.read(QUERIES).forEach((file, query) -> {
            assertThat(onPage)
                    .as(
                            "docs/querying.md lacks \"### %s\" of docs/queries/%s; add the section there",
                            query.name(), file)
                    .containsKey(query.name());
            assertThat(onPage.remove(query.name()))
                    .as("docs/querying.md and docs/queries/%s differ; copy the file's text into the section", file)
                    .isEqualTo(query);
        });
        assertThat(onPage.keySet())
                .as("queries of docs/querying.md that no stage installs; give each a file in docs/queries")
                .isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
