package io.tributary.compaction.merge;

import static io.tributary.compaction.DatasetAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.columns.Columns;
import io.tributary.config.DedupConfig;
import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.log.TimeSpan;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.EventSchema;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateRowDeduplicatorIT {

    private static final StructType SCHEMA = EventSchema.eventWithLineage(List.of());
    private static final Instant ARRIVED_AT = Instant.parse("2026-01-31T08:00:00Z");

    private SparkSession spark;
    private LocalRuntime runtime;

    @BeforeAll
    void startSpark() {
        runtime = LocalRuntime.open("first-copies-it", 2);
        spark = runtime.spark();
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void rowsOnTimeAreTakenAsTheyAre(DedupScope scope) {
        Copy late = copy("b").late();

        assertSame(
                rows(copy("a"), copy("c").from("nyc")),
                new LateRowDeduplicator(dedup(scope))
                        .onTime(rows(copy("a"), late, copy("c").from("nyc"))));
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void aLateRowThatIsNewIsTaken(DedupScope scope) {
        Copy late = copy("a").late();

        assertSame(rows(late), late(scope, rows(late, copy("b")), rows(copy("c"))));
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void aLateRepeatOfARowOnTimeIsLeftOut(DedupScope scope) {
        assertSame(rows(), late(scope, rows(copy("a"), copy("a").late().at(7)), rows()));
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void ofRepeatsAmongTheLateTheOneThatArrivedFirstIsTaken(DedupScope scope) {
        Copy first = copy("a").late().at(9).arrived(ARRIVED_AT);
        Copy second = copy("a").late().at(7).arrived(ARRIVED_AT.plusMillis(1));
        Copy third = copy("a").late().at(8).arrived(ARRIVED_AT.plusMillis(1));

        assertSame(rows(first), late(scope, rows(third, second, first), rows()));
        assertSame(rows(second), late(scope, rows(third, second), rows()));
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void aLateRowThatIsMergedAlreadyIsLeftOut(DedupScope scope) {
        Dataset<Row> target = rows(copy("a").arrived(ARRIVED_AT.minusSeconds(86_400)), watermark());

        assertSame(
                rows(copy("b").late()),
                late(scope, rows(copy("a").late().at(7), copy("b").late()), target));
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void theMergedTableIsComparedByTheEventsOwnTime(DedupScope scope) {
        Copy late = copy("a").late().happened("2026-01-30T12:00:00Z");
        Copy sameIdOtherDate = copy("a").happened("2026-01-29T12:00:00Z");
        Copy sameIdOtherTime = copy("a").happened("2026-01-30T12:00:01.000001Z");

        assertSame(rows(late), late(scope, rows(late), rows(sameIdOtherDate, sameIdOtherTime)));
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void copiesMayDifferInTimeByTheToleranceAlsoAcrossMidnight(DedupScope scope) {
        Copy late = copy("a").late().happened("2026-01-30T00:00:00.200Z");

        for (String time :
                List.of("2026-01-29T23:59:59.200Z", "2026-01-30T00:00:00.200999Z", "2026-01-30T00:00:01.200Z")) {
            assertSame(rows(), late(scope, rows(late), rows(copy("a").happened(time))));
            assertSame(rows(), late(scope, rows(late, copy("a").happened(time)), rows()));
            Copy second = copy("a").late().happened(time).arrived(ARRIVED_AT.plusMillis(1));
            assertSame(rows(late), late(scope, rows(second, late), rows()));
        }
    }

    @Test
    void beyondTheToleranceTheyAreTwoEventsAndAConflict() {
        Copy merged = copy("a").happened("2026-01-30T12:00:00Z");
        Copy late = copy("a").late().happened("2026-01-30T12:00:01.001Z");
        Copy other = copy("b").late();
        Copy otherAgain = copy("b").late().happened("2026-01-31T07:58:00Z").arrived(ARRIVED_AT.plusMillis(1));

        Dataset<Row> kept = lateWithConflicts(DedupScope.GLOBAL, rows(late, other, otherAgain), rows(merged));

        // The merged event lies outside of the times that this merge reads, and so is no conflict that it could count.
        assertThat(kept.where(FirstOccurrences.CONFLICT)
                        .select(Columns.EVENT_ID, Columns.EVENT_TIME)
                        .collectAsList())
                .containsExactlyInAnyOrder(RowFactory.create("b", Instant.parse("2026-01-31T07:58:00Z")));
        assertThat(kept.count()).isEqualTo(3);
    }

    @Test
    void theSameIdOfTwoDataCentersIsOneEventOnlyInTheGlobalScope() {
        Copy fra = copy("a").late().at(1);
        Copy nyc = copy("a").late().at(2).from("nyc");

        assertSame(rows(fra), late(DedupScope.GLOBAL, rows(fra, nyc), rows()));
        assertSame(rows(fra, nyc), late(DedupScope.DATA_CENTER, rows(fra, nyc), rows()));

        assertSame(rows(), late(DedupScope.GLOBAL, rows(nyc), rows(copy("a"))));
        assertSame(rows(nyc), late(DedupScope.DATA_CENTER, rows(nyc), rows(copy("a"))));

        assertSame(rows(), late(DedupScope.GLOBAL, rows(nyc, copy("a")), rows()));
        assertSame(rows(nyc), late(DedupScope.DATA_CENTER, rows(nyc, copy("a")), rows()));
    }

    @Test
    void aComparisonOfDifferentRowsFails() {
        assertThatThrownBy(() -> assertSame(rows(copy("a")), rows(copy("b"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("b");
        assertThatThrownBy(() -> assertSame(rows(copy("a")), rows(copy("a"), copy("a"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected: <1> but was: <2>");
        assertThatThrownBy(() -> assertSame(rows(copy("a")), rows(copy("a")).drop(Columns.ON_TIME)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(Columns.ON_TIME);
    }

    /** As few late rows are merged, after it is seen that very many would be merged alike. */
    private static Dataset<Row> late(DedupScope scope, Dataset<Row> updates, Dataset<Row> target) {
        return lateWithConflicts(scope, updates, target).drop(FirstOccurrences.CONFLICT);
    }

    private static Dataset<Row> lateWithConflicts(DedupScope scope, Dataset<Row> updates, Dataset<Row> target) {
        DedupConfig dedup = dedup(scope);
        SortedMap<LocalDate, TimeSpan> spans = MergeStats.of(updates).late(dedup.timeTolerance());
        LateRowDeduplicator lateRowDeduplicator = new LateRowDeduplicator(dedup);
        Dataset<Row> few = lateRowDeduplicator.late(updates, 1, spans, target);
        assertSame(few, lateRowDeduplicator.late(updates, Long.MAX_VALUE, spans, target));
        return few;
    }

    private static DedupConfig dedup(DedupScope scope) {
        return PipelineConfig.parse("dedup: {scope: " + scope.name().toLowerCase(Locale.ROOT) + "}", "test")
                .dedup();
    }

    private Dataset<Row> rows(Copy... copies) {
        return spark.createDataFrame(Arrays.stream(copies).map(Copy::row).toList(), SCHEMA);
    }

    /** A copy on time from fra, at offset 0. */
    private static Copy copy(String id) {
        return new Copy(id, Instant.parse("2026-01-31T07:59:00Z"), "fra", 0, ARRIVED_AT, true);
    }

    private static Copy watermark() {
        return new Copy(null, null, null, 1, ARRIVED_AT, null);
    }

    private record Copy(String id, Instant time, String dataCenter, long offset, Instant committedAt, Boolean onTime) {

        Copy late() {
            return new Copy(id, time, dataCenter, offset, committedAt, false);
        }

        Copy at(long newOffset) {
            return new Copy(id, time, dataCenter, newOffset, committedAt, onTime);
        }

        Copy from(String name) {
            return new Copy(id, time, name, offset, committedAt, onTime);
        }

        Copy arrived(Instant when) {
            return new Copy(id, time, dataCenter, offset, when, onTime);
        }

        Copy happened(String when) {
            return new Copy(id, Instant.parse(when), dataCenter, offset, committedAt, onTime);
        }

        Row row() {
            return RowFactory.create(
                    Arrays.stream(SCHEMA.fieldNames()).map(this::valueOf).toArray());
        }

        private Object valueOf(String column) {
            return switch (column) {
                case Columns.EVENT_ID -> id;
                case Columns.EVENT_TIME -> time == null ? null : Timestamp.from(time);
                case Columns.EVENT_DATE ->
                    time == null ? null : Date.valueOf(LocalDate.ofInstant(time, ZoneOffset.UTC));
                case Columns.DATA_CENTER, Columns.KAFKA_CLUSTER -> dataCenter;
                case Columns.KAFKA_TOPIC -> "events";
                case Columns.KAFKA_PARTITION -> 0;
                case Columns.KAFKA_OFFSET -> offset;
                case Columns.ARRIVED_AT -> Timestamp.from(committedAt);
                case Columns.ON_TIME -> onTime;
                default -> null;
            };
        }
    }
}
