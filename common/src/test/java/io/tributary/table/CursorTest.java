package io.tributary.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.Columns;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final Instant ARRIVED_AT = Instant.parse("2026-01-31T08:00:00.123Z");

    @Test
    void itsRowHoldsItsTwoValuesAndNothingElse() {
        Cursor cursor = new Cursor(ARRIVED_AT, 7);
        List<String> others = Arrays.stream(
                        EventSchema.eventWithLineage(List.of()).fieldNames())
                .filter(column ->
                        !List.of(Columns.ARRIVED_AT, Columns.KAFKA_OFFSET).contains(column))
                .toList();

        assertThat(cursor.valueOf(Columns.ARRIVED_AT)).isEqualTo(ARRIVED_AT);
        assertThat(cursor.valueOf(Columns.KAFKA_OFFSET)).isEqualTo(7L);
        assertThat(others).contains(Columns.EVENT_DATE).allMatch(column -> cursor.valueOf(column) == null);
    }

    @Test
    void beforeTheFirstMergeItLiesBeforeEveryArrival() {
        assertThat(Cursor.START).isEqualTo(new Cursor(Instant.EPOCH, 0));
    }
}
