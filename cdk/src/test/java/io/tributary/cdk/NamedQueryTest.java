package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedQueryTest {

    private static final String PAGE = """
            # Querying

            ## Events

            ### Newest events

            What arrived
            last.

            More words.

            ```sql
            SELECT event_id
            FROM events JOIN events_raw USING (event_id)
            ```

            ### No query here

            Words only.

            ### `refused`

            Why records were refused.
            ```sql
            SELECT reason FROM events_quarantine
            ```
            ### Without words
            ```sql
            SELECT 2
            ```
            ## Other
            ```sql
            SELECT 1
            ```
            """;

    @Test
    void aHeadingWithSqlIsAQuery() {
        assertThat(NamedQuery.parse(PAGE))
                .containsExactly(
                        new NamedQuery(
                                "Newest events",
                                "What arrived last.",
                                "SELECT event_id\nFROM events JOIN events_raw USING (event_id)"),
                        new NamedQuery("refused", "Why records were refused.", "SELECT reason FROM events_quarantine"),
                        new NamedQuery("Without words", "Without words", "SELECT 2"));
    }

    @Test
    void tablesAreNamedAsTheStageNamesThem() {
        PipelineConfig pipeline =
                PipelineConfig.parse("tables: {view: seen, raw_view: arrived, quarantine: events_refused}", "test");

        assertThat(NamedQuery.of(PAGE, pipeline))
                .extracting(NamedQuery::sql)
                .containsExactly(
                        "SELECT event_id\nFROM seen JOIN arrived USING (event_id)",
                        "SELECT reason FROM events_refused",
                        "SELECT 2");
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

        assertThat(NamedQuery.of("", pipeline))
                .containsExactly(new NamedQuery(
                        "Rollup per_minute",
                        "By time bucket, as far as it is merged: events: count(*), users: approx_distinct(event_id)",
                        "SELECT\n    bucket_start,\n    event_type,\n    events,\n    users\nFROM per_minute\n"
                                + "WHERE event_date >= current_date - INTERVAL '1' DAY\nORDER BY bucket_start DESC"));
    }

    @Test
    void thePageForAnalystsHasQueries() {
        List<NamedQuery> queries = NamedQuery.parse(StageFiles.text(Path.of("..", "docs", "querying.md")));

        assertThat(queries).isNotEmpty().allSatisfy(query -> {
            assertThat(query.description()).isNotBlank();
            assertThat(query.sql()).containsIgnoringCase("select");
        });
        assertThat(queries).extracting(NamedQuery::name).doesNotHaveDuplicates();
    }
}
