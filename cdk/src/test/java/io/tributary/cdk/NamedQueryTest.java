package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.config.TablesConfig;
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
            FROM events
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
                        new NamedQuery("Newest events", "What arrived last.", "SELECT event_id\nFROM events"),
                        new NamedQuery("refused", "Why records were refused.", "SELECT reason FROM events_quarantine"),
                        new NamedQuery("Without words", "Without words", "SELECT 2"));
    }

    @Test
    void tablesAreNamedAsTheStageNamesThem() {
        TablesConfig tables = PipelineConfig.parse("tables: {view: seen, quarantine: events_refused}", "test")
                .tables();

        assertThat(NamedQuery.parse(PAGE).stream()
                        .map(query -> query.over(tables).sql()))
                .containsExactly("SELECT event_id\nFROM seen", "SELECT reason FROM events_refused", "SELECT 2");
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
