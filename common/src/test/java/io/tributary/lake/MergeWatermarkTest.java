package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import io.tributary.schema.EventSchema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeWatermarkTest {

    private static final Instant ARRIVED_AT = Instant.parse("2026-01-31T08:00:00.123Z");

    @Test
    void itsRowHoldsItsTwoValuesAndNothingElse() {
        MergeWatermark watermark = new MergeWatermark(ARRIVED_AT, 7);
        List<String> others = Arrays.stream(
                        EventSchema.eventWithLineage(List.of()).fieldNames())
                .filter(column ->
                        !List.of(Columns.ARRIVED_AT, Columns.KAFKA_OFFSET).contains(column))
                .toList();

        assertThat(watermark.valueOf(Columns.ARRIVED_AT)).isEqualTo(ARRIVED_AT);
        assertThat(watermark.valueOf(Columns.KAFKA_OFFSET)).isEqualTo(7L);
        assertThat(others).contains(Columns.EVENT_DATE).allMatch(column -> watermark.valueOf(column) == null);
    }

    @Test
    void beforeTheFirstMergeItLiesBeforeEveryArrival() {
        assertThat(MergeWatermark.START).isEqualTo(new MergeWatermark(Instant.EPOCH, 0));
    }
}
