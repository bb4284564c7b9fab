package io.tributary.compaction.fill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.fill.StagedColumns.Batch;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.ColumnFills.State;
import io.tributary.lake.fill.FillOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FillPlanTest {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            columns:
              - {name: amount, type: long, from: /amount}
              - {name: seen, type: timestamp, from: /seen}
              - {name: lines, type: "array<struct<at:timestamp>>", from: /lines}
            """, "test");
    private static final SortedMap<String, String> NOW = ColumnDigest.ofAll(CONFIG);
    private static final SortedMap<String, String> OTHER = new TreeMap<>();
    private static final Instant MERGED = Instant.parse("2026-03-05T10:00:00Z");
    private static final Instant ORDERED = MERGED.plusSeconds(60);

    @Test
    void onlyOpenFillsThatAreMeantAreApplied() {
        FillOrder other = new FillOrder(3, ORDERED, "", "", changed(order(3, "seen")), new TreeMap<>());
        FillPlan plan = FillPlan.of(
                List.of(
                        new Fill(order(1, "amount"), State.FILLED),
                        new Fill(order(2, "amount"), State.CANCELED),
                        new Fill(other, State.OPEN),
                        new Fill(order(4, "amount"), State.OPEN)),
                CONFIG);
        assertThat(plan.numbers()).containsExactly(4L);
        assertThat(FillPlan.of(List.of(), CONFIG).isEmpty()).isTrue();
    }

    @Test
    void rowsUpToTheNewestBatchThatWasWrittenOtherwiseAreDue() {
        StagedColumns staged =
                staged(true, batch(5, 30, NOW), batch(4, 20, OTHER), batch(3, 10, NOW), batch(2, 5, OTHER));
        assertThat(FillPlan.due(order(1, "amount"), CONFIG, staged))
                .containsExactly(due("amount", Optional.of(MERGED.plusSeconds(20))));
        assertThat(FillPlan.due(order(1, "amount"), CONFIG, staged(true, batch(5, 30, NOW))))
                .isEmpty();
        assertThat(FillPlan.due(order(1, "amount"), CONFIG, staged(true, batch(5, 0, OTHER))))
                .as("merged already")
                .isEmpty();
    }

    @Test
    void timesOfBatchesFromBeforeTheOrderAreDueHoweverTheyWereWritten() {
        StagedColumns staged = staged(true, batch(5, 90, NOW), batch(4, 30, NOW));
        assertThat(FillPlan.due(order(1, "amount", "seen", "lines"), CONFIG, staged))
                .containsExactly(due("seen", Optional.of(ORDERED)), due("lines", Optional.of(ORDERED)));
    }

    @Test
    void allRowsAreDueWhereTheLogDoesNotTell() {
        StagedColumns staged = staged(false, batch(5, 90, NOW));
        assertThat(FillPlan.due(order(1, "amount", "seen"), CONFIG, staged))
                .containsExactly(due("amount", Optional.empty()), due("seen", Optional.empty()));
        assertThat(FillPlan.dueInMerged(order(1, "seen"), CONFIG, () -> staged))
                .containsExactly(due("seen", Optional.empty()));
    }

    @Test
    void timesThatTheStreamWroteSinceTheOrderStayInMergedRows() {
        StagedColumns sinceOrder =
                new StagedColumns(ORDERED, List.of(batch(6, 120, NOW), batch(5, 90, OTHER), batch(4, 30, NOW)), true);
        assertThat(FillPlan.dueInMerged(order(1, "amount", "seen"), CONFIG, () -> sinceOrder))
                .containsExactly(due("amount", Optional.empty()), due("seen", Optional.of(MERGED.plusSeconds(90))));
        assertThat(FillPlan.dueInMerged(order(1, "amount"), CONFIG, () -> {
                    throw new AssertionError("read for nothing");
                }))
                .containsExactly(due("amount", Optional.empty()));
    }

    @Test
    void theViewWaitsForAStreamThatGoesOnAsOrdered() {
        assertThat(hindrance("amount", staged(true)))
                .hasValueSatisfying(why -> assertThat(why).contains("has not staged a batch yet"));
        assertThat(hindrance("amount", staged(false, batch(5, 30, NOW))))
                .hasValueSatisfying(why -> assertThat(why).contains("does not tell"));
        assertThat(hindrance("amount", staged(true, batch(5, -30, OTHER))))
                .as("merged, and the newest")
                .hasValueSatisfying(why -> assertThat(why).contains("the newest batch, 5, was staged with other"));
        assertThat(hindrance("amount", staged(true, batch(5, 30, NOW), batch(4, 20, OTHER))))
                .hasValueSatisfying(why -> assertThat(why).contains("batch 4 ", "is not merged yet"));
        assertThat(hindrance("amount", staged(true, batch(5, 30, NOW), batch(4, 20, NOW))))
                .isEmpty();
        assertThat(hindrance("amount", staged(true, batch(5, -30, NOW)))).isEmpty();
    }

    @Test
    void timesAreNotShownBeforeBatchesFromBeforeTheOrderAreMerged() {
        StagedColumns staged = staged(true, batch(5, 90, NOW), batch(4, 60, NOW));
        assertThat(hindrance("amount", staged)).isEmpty();
        assertThat(hindrance("seen", staged))
                .hasValueSatisfying(why -> assertThat(why).contains("batch 4 "));
        assertThat(hindrance("seen", staged(true, batch(5, -90, NOW)))).isEmpty();
    }

    private static Optional<String> hindrance(String column, StagedColumns staged) {
        FillOrder order = order(1, column);
        return staged.hindrance(order, FillPlan.columns(order, CONFIG));
    }

    private static FillOrder order(long number, String... columns) {
        SortedMap<String, String> digests = new TreeMap<>(NOW);
        digests.keySet().retainAll(Arrays.asList(columns));
        return new FillOrder(number, ORDERED, "somebody", "test", digests, new TreeMap<>());
    }

    private static SortedMap<String, String> changed(FillOrder order) {
        SortedMap<String, String> digests = new TreeMap<>(order.columns());
        digests.replaceAll((name, digest) -> "0000");
        return digests;
    }

    private static DueColumn due(String name, Optional<Instant> until) {
        return new DueColumn(
                CONFIG.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow(),
                until);
    }

    private static StagedColumns staged(boolean isWhole, Batch... newestFirst) {
        return new StagedColumns(MERGED, List.of(newestFirst), isWhole);
    }

    private static Batch batch(long sequence, int secondsAfterMerge, SortedMap<String, String> columns) {
        return new Batch(sequence, MERGED.plusSeconds(secondsAfterMerge), columns);
    }
}
