package io.tributary.lake.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.MergeWatermark;
import io.tributary.schema.EventSchema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class EventsViewTest {

    @Test
    void theViewIsMergedRowsAndTheTailOfStaging() {
        String sql = EventsView.sql(
                List.of("event_id", "`order`"),
                "merged",
                "staging",
                new MergeWatermark(Instant.parse("2026-01-31T23:59:59.007Z"), 3));

        assertThat(sql).isEqualTo("""
                SELECT event_id, `order`
                FROM merged
                WHERE event_date IS NOT NULL
                UNION ALL
                SELECT event_id, `order`
                FROM staging
                WHERE on_time
                  AND arrived_at > COALESCE(
                    (SELECT max(arrived_at) FROM merged WHERE event_date IS NULL),
                    TIMESTAMP '1970-01-01 00:00:00.000 UTC')
                  AND arrived_at > TIMESTAMP '2026-01-31 23:59:59.007 UTC'
                  AND arrival_date >= DATE '2026-01-31'
                  AND (arrival_date > DATE '2026-01-31' OR arrival_hour >= 23)""");
    }

    @Test
    void beforeTheFirstMergeTheBoundsCutNothingOff() {
        assertThat(EventsView.sql(List.of("event_id"), "m", "s", MergeWatermark.START))
                .contains("arrived_at > TIMESTAMP '1970-01-01 00:00:00.000 UTC'")
                .contains("arrival_date >= DATE '1970-01-01'")
                .contains("arrival_hour >= 0");
    }

    @Test
    void theRawViewIsAllOfStaging() {
        assertThat(EventsView.rawSql(List.of("event_id", "arrival_date"), "staging"))
                .isEqualTo("SELECT event_id, arrival_date\nFROM staging");
    }

    @Test
    void theViewHasTheColumnsThatBothTablesHaveWithoutThePartitionsOfArrival() {
        StructType merged = EventSchema.eventWithLineage(List.of());
        StructType staging = EventSchema.staging(List.of()).add("gained", "string");

        assertThat(EventsView.columns(staging, merged, Set.of())).containsExactly(merged.fields());
    }

    @Test
    void aColumnThatIsBeingFilledIsNotShown() {
        StructType merged = EventSchema.eventWithLineage(List.of()).add("amount", "long");
        StructType staging = EventSchema.staging(List.of()).add("amount", "long");

        assertThat(EventsView.columns(staging, merged, Set.of()))
                .extracting(StructField::name)
                .contains("amount");
        assertThat(EventsView.columns(staging, merged, Set.of("amount")))
                .extracting(StructField::name)
                .doesNotContain("amount")
                .hasSize(merged.size() - 1);
    }
}
