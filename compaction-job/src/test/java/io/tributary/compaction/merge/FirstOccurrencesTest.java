package io.tributary.compaction.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FirstOccurrencesTest {

    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final Instant BEGIN = Instant.parse("1969-12-31T23:59:59Z");
    private static final StructType SCHEMA = new StructType()
            .add(Columns.EVENT_ID, DataTypes.StringType)
            .add(Columns.EVENT_TIME, DataTypes.TimestampType)
            .add(FirstOccurrences.KNOWN, DataTypes.BooleanType);

    /** A late row that arrives, of an event time so many milliseconds after the beginning. */
    private record Late(String id, int millis) {}

    /** Each list is the rows of one merge. */
    @Property(tries = 500)
    void whatIsKeptDependsOnTheOrderOfArrivalAndNotOnMerges(
            @ForAll("histories") List<Late> history, @ForAll Set<Integer> cuts) {
        List<Late> atOnce = merged(List.of(history));

        assertThat(merged(cut(history, cuts))).isEqualTo(atOnce);
        assertThat(merged(history.stream().map(List::of).toList())).isEqualTo(atOnce);
    }

    @Property(tries = 500)
    void twoEventsOfOneIdentityLieFurtherApartThanTheToleranceAndEachRowIsNearOne(
            @ForAll("histories") List<Late> history) {
        List<Late> kept = merged(List.of(history));

        for (Late event : kept) {
            assertThat(kept).filteredOn(other -> isCopy(event, other)).containsExactly(event);
        }
        assertThat(history).allMatch(row -> kept.stream().anyMatch(event -> isCopy(row, event)));
    }

    @Test
    void timesThatDriftStepByStepAreAnotherEventOnceTheyAreTooFarFromTheFirst() {
        Late first = new Late("a", 0);
        Late near = new Late("a", 800);
        Late far = new Late("a", 1600);

        assertThat(merged(List.of(List.of(first, near, far)))).containsExactly(first, far);
        assertThat(merged(List.of(List.of(near, first, far)))).containsExactly(near);
    }

    @Test
    void aRowWithTheIdentityOfAnotherEventIsAConflict() {
        List<Row> kept = kept(List.of(new Late("a", 0)), List.of(new Late("a", 5000), new Late("b", 0)));

        assertThat(kept)
                .extracting(row -> row.getString(0) + " " + row.getBoolean(2))
                .containsExactly("a true", "b false");
    }

    /** Few identities and times, so that rows are copies, nearly copies, and neither. */
    @Provide
    Arbitrary<List<Late>> histories() {
        return Combinators.combine(
                        Arbitraries.of("a", "b"),
                        Arbitraries.of(-1700, -1000, -999, -1, 0, 1, 300, 700, 999, 1000, 1001, 1400, 2000, 2100))
                .as(Late::new)
                .list()
                .ofMaxSize(12);
    }

    private static boolean isCopy(Late one, Late other) {
        return one.id().equals(other.id()) && Math.abs(one.millis() - other.millis()) <= TOLERANCE.toMillis();
    }

    private static List<List<Late>> cut(List<Late> history, Set<Integer> cuts) {
        List<List<Late>> merges = new ArrayList<>(List.of(new ArrayList<>()));
        for (int i = 0; i < history.size(); i++) {
            if (cuts.contains(i)) {
                merges.add(new ArrayList<>());
            }
            merges.get(merges.size() - 1).add(history.get(i));
        }
        return merges;
    }

    /** What the merges keep together, by identity and time. */
    private static List<Late> merged(List<List<Late>> merges) {
        List<Late> table = new ArrayList<>();
        for (List<Late> merge : merges) {
            kept(List.copyOf(table), merge).forEach(row -> table.add(late(row)));
        }
        table.sort(Comparator.comparing(Late::id).thenComparing(Late::millis));
        return table;
    }

    private static Late late(Row row) {
        return new Late(row.getString(0), (int)
                Duration.between(BEGIN, row.getInstant(1)).toMillis());
    }

    /** By identity, what is known first, then in the order of arrival, as the rows of a merge are sorted. */
    private static List<Row> kept(List<Late> known, List<Late> late) {
        List<Row> rows = new ArrayList<>();
        known.forEach(event -> rows.add(row(event, true)));
        late.forEach(event -> rows.add(row(event, false)));
        rows.sort(Comparator.comparing(row -> row.getString(0)));
        List<Row> kept = new ArrayList<>();
        new FirstOccurrences(List.of(Columns.EVENT_ID), TOLERANCE)
                .call(rows.iterator())
                .forEachRemaining(kept::add);
        return kept;
    }

    private static Row row(Late late, boolean isKnown) {
        return new GenericRowWithSchema(new Object[] {late.id(), BEGIN.plusMillis(late.millis()), isKnown}, SCHEMA);
    }
}
