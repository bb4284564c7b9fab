package io.tributary.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadProgressTest {

    private static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId NYC = new TopicPartitionId("nyc", "events", 0);
    private static final TopicPartitionId NEW = new TopicPartitionId("sin", "events", 0);

    /** Beyond what the cache of boxed numbers holds. */
    private static final ReadProgress COMMITTED = readProgress(Map.of(FRA, 1_000_000L, NYC, 2_000_000L));

    @Test
    void aBatchThatGoesOnWhereTheLogEndsMovesItsPartitions() {
        assertThat(take(COMMITTED, range(FRA, 1_000_000, 1_000_005)))
                .isEqualTo(readProgress(Map.of(FRA, 1_000_005L, NYC, 2_000_000L)));
    }

    @Test
    void aNewPartitionBeginsWhereItsFirstRangeDoes() {
        assertThat(begin(COMMITTED, NEW, 77).positions().of(NEW)).contains(77L);
    }

    @Test
    void aRangeThatWasReadBeforeIsRefused() {
        assertRefused(range(FRA, 999_999, 1_000_005), "fra/events-0 begins at offset 999999", "ends at 1000000");
    }

    @Test
    void aRangeThatSkipsRecordsIsRefused() {
        assertRefused(range(FRA, 1_000_001, 1_000_005), "fra/events-0 begins at offset 1000001", "ends at 1000000");
    }

    @Test
    void everyBreakIsNamed() {
        assertRefused(
                List.of(range(FRA, 1, 2), range(NYC, 3, 4)),
                "fra/events-0 begins at offset 1 ",
                "nyc/events-0 begins at offset 3 ");
    }

    @Test
    void aPartitionBeginsOnceAndElsewhereIsRefused() {
        assertThat(begin(COMMITTED, FRA, 1_000_000)).isEqualTo(COMMITTED);
        assertThatThrownBy(() -> begin(COMMITTED, FRA, 999_999))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessage("fra/events-0 is to begin at offset 999999 but its position is 1000000");
    }

    @Test
    void aPartitionThatTheLogDoesNotKnowCannotBeginWithRecords() {
        assertRefused(range(NEW, 77, 80), "sin/events-0 begins at offset 77 and the log does not know it");
    }

    @Test
    void whatIsDeferredWaitsAndThePartitionGoesOnBehindIt() {
        ReadProgress deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(deferred)
                .isEqualTo(readProgress(Map.of(FRA, 1_000_005L, NYC, 2_000_000L), range(FRA, 1_000_000, 1_000_005)));
        assertThat(take(deferred, range(FRA, 1_000_005, 1_000_006)).pendingOf(FRA))
                .containsExactly(range(FRA, 1_000_000, 1_000_005));
    }

    @Test
    void whatIsHandedOutAgainWaitsNoMore() {
        ReadProgress deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(take(deferred, range(FRA, 1_000_000, 1_000_005)))
                .isEqualTo(readProgress(Map.of(FRA, 1_000_005L, NYC, 2_000_000L)));
    }

    @Test
    void ofWhatIsHandedOutInPartTheRestWaits() {
        ReadProgress deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(take(deferred, range(FRA, 1_000_000, 1_000_002)).pending())
                .containsExactly(range(FRA, 1_000_002, 1_000_005));
    }

    @Test
    void whatIsDeferredAgainGoesOnWaiting() {
        ReadProgress deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(defer(deferred, range(FRA, 1_000_000, 1_000_005))).isEqualTo(deferred);
        assertThat(defer(deferred, range(FRA, 1_000_000, 1_000_002))).isEqualTo(deferred);
    }

    @Test
    void whatWaitsIsTheSameHoweverItCameToWait() {
        ReadProgress atOnce = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));
        ReadProgress inTwo =
                defer(defer(COMMITTED, range(FRA, 1_000_000, 1_000_003)), range(FRA, 1_000_003, 1_000_005));

        assertThat(inTwo).isEqualTo(atOnce);
    }

    @Test
    void aRangeThatIsHandedOutAgainBeginsWhereTheWaitingBegins() {
        ReadProgress deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThatThrownBy(() -> take(deferred, range(FRA, 1_000_001, 1_000_005)))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessageContaining("begins at offset 1000001 and the log ends at 1000005");
        assertThatThrownBy(() -> take(deferred, range(FRA, 1_000_000, 1_000_006)))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessageContaining("begins at offset 1000000 and the log ends at 1000005");
    }

    @Test
    void theNextWaitingRangeIsTheFirstOfEachPartition() {
        ReadProgress readProgress =
                readProgress(Map.of(FRA, 50L, NYC, 60L), range(FRA, 5, 9), range(FRA, 12, 20), range(NYC, 1, 2));

        assertThat(readProgress.nextPendingOf("fra")).containsExactly(Map.entry(FRA, range(FRA, 5, 9)));
        assertThat(readProgress.pendingOf(FRA)).containsExactly(range(FRA, 5, 9), range(FRA, 12, 20));
        assertThat(readProgress.nextPendingOf("sin")).isEmpty();
    }

    @Test
    void nothingWaitsBeyondWhatWasEverHandedOut() {
        assertThatThrownBy(() -> readProgress(Map.of(FRA, 10L), range(FRA, 5, 11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fra/events-0 offsets 5 to 10 are to wait and lie beyond what was ever handed out");
    }

    @Test
    void anIdentityThatIsMetForTheFirstTimeIsKept() {
        ReadProgress after = COMMITTED.after(identified(TopicIdentity.first("c1", "t1")));

        assertThat(after.identityOf(FRA)).contains(TopicIdentity.first("c1", "t1"));
        assertThat(after.positions()).isEqualTo(COMMITTED.positions());
    }

    @Test
    void idsThatOldBrokersDidNotTellAreTakenUpLater() {
        ReadProgress before = COMMITTED.after(identified(TopicIdentity.first("c1", TopicIdentity.UNTOLD)));

        assertThat(before.after(identified(TopicIdentity.first("c1", "t1"))).identityOf(FRA))
                .contains(TopicIdentity.first("c1", "t1"));
    }

    @Test
    void anotherTopicUnderTheSameNameIsRefused() {
        ReadProgress before = COMMITTED.after(identified(TopicIdentity.first("c1", "t1")));

        assertThatThrownBy(() -> before.after(identified(TopicIdentity.first("c1", "t2"))))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessage("fra/events is the topic c1/t2 and the log knows c1/t1");
    }

    @Test
    void aTopicThatIsBegunAnewForgetsItsOldOffsets() {
        ReadProgress before = COMMITTED
                .after(identified(TopicIdentity.first("c1", "t1")))
                .after(BatchProgress.NONE.withTruncated(Set.of(range(FRA, 999_990, 1_000_000))));
        BatchProgress reset = identified(new TopicIdentity("c1", "t2", 1))
                .withNewPartitions(new PartitionOffsets(new TreeMap<>(Map.of(FRA, 5L))));

        ReadProgress after = before.after(reset);

        assertThat(after.positions())
                .isEqualTo(readProgress(Map.of(FRA, 5L, NYC, 2_000_000L)).positions());
        assertThat(after.identityOf(FRA)).contains(new TopicIdentity("c1", "t2", 1));
        assertThat(after.truncated()).isEmpty();
        assertThat(after.unread()).containsExactly(FRA);
    }

    @Test
    void aTopicIsNotBegunAnewAmidItsRecords() {
        ReadProgress before = COMMITTED.after(identified(TopicIdentity.first("c1", "t1")));
        BatchProgress amid =
                identified(new TopicIdentity("c1", "t2", 1)).withRead(List.of(range(FRA, 1_000_000, 1_000_005)));

        assertThatThrownBy(() -> before.after(amid))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessage("fra/events-0 begins at offset 1000000 and the log does not know it");
    }

    @Test
    void whatStillWaitsIsGivenUpBeforeItsTopicIsBegunAnew() {
        ReadProgress before =
                defer(COMMITTED, range(FRA, 1_000_000, 1_000_005)).after(identified(TopicIdentity.first("c1", "t1")));

        assertThatThrownBy(() -> before.after(identified(new TopicIdentity("c1", "t2", 1))))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessage("fra/events-0 offsets 1000000 to 1000004 are still pending, and their topic is restarted");
    }

    @Test
    void aPartitionIsUnreadUntilSomethingOfItIsRead() {
        ReadProgress newPartitions = begin(COMMITTED, NEW, 77);
        ReadProgress overtaken = newPartitions.after(BatchProgress.NONE.withExpired(List.of(range(NEW, 77, 80))));

        assertThat(newPartitions.unread()).containsExactly(NEW);
        assertThat(overtaken.unread()).containsExactly(NEW);
        assertThat(defer(overtaken, range(NEW, 80, 90)).unread()).containsExactly(NEW);
        assertThat(take(overtaken, range(NEW, 80, 90)).unread()).isEmpty();
    }

    @Test
    void theLeaderEpochOfTheLastRecordIsKnownUntilOffsetsArePassedOver() {
        ReadProgress read = COMMITTED.after(BatchProgress.NONE.withRanges(
                new TreeMap<>(Map.of(FRA, new RangeStats(1_000_000, 1_000_005, 5, 5, 0, 0, 0, 1, 0, 7)))));
        ReadProgress empty = read.after(BatchProgress.NONE.withRanges(
                new TreeMap<>(Map.of(FRA, new RangeStats(1_000_005, 1_000_006, 0, 0, 0, 0, 0, 1, 0, -1)))));

        assertThat(read.epochs()).containsExactly(Map.entry(FRA, 7));
        assertThat(empty.epochs()).containsExactly(Map.entry(FRA, 7));
        assertThat(read.after(BatchProgress.NONE.withLost(List.of(range(FRA, 1_000_005, 1_000_009))))
                        .epochs())
                .isEmpty();
    }

    @Test
    void whatABatchReadsInPartWaitsForTheRest() {
        ReadProgress pending = defer(COMMITTED, range(FRA, 1_000_000, 1_000_009));
        BatchProgress cut = BatchProgress.NONE
                .withRead(List.of(range(FRA, 1_000_000, 1_000_003)))
                .withDeferred(List.of(range(FRA, 1_000_003, 1_000_009)));

        assertThat(pending.after(cut).pending()).containsExactly(range(FRA, 1_000_003, 1_000_009));
        assertThat(COMMITTED.after(cut)).isEqualTo(pending.after(cut));
    }

    private static BatchProgress identified(TopicIdentity identity) {
        return BatchProgress.NONE.withIdentities(new TreeMap<>(Map.of(new TopicName("fra", "events"), identity)));
    }

    private static void assertRefused(OffsetRange range, String... words) {
        assertRefused(List.of(range), words);
    }

    private static void assertRefused(List<OffsetRange> ranges, String... words) {
        assertThatThrownBy(() -> COMMITTED.advance(PartitionOffsets.EMPTY, ranges, List.of()))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> COMMITTED.advance(PartitionOffsets.EMPTY, List.of(), ranges))
                .isInstanceOf(ReadProgress.BrokenException.class)
                .hasMessageContainingAll(words);
    }

    private static ReadProgress begin(ReadProgress before, TopicPartitionId partition, long position) {
        return before.advance(new PartitionOffsets(new TreeMap<>(Map.of(partition, position))), List.of(), List.of());
    }

    private static ReadProgress take(ReadProgress before, OffsetRange... ranges) {
        return before.advance(PartitionOffsets.EMPTY, Arrays.asList(ranges), List.of());
    }

    private static ReadProgress defer(ReadProgress before, OffsetRange... ranges) {
        return before.advance(PartitionOffsets.EMPTY, List.of(), Arrays.asList(ranges));
    }

    private static OffsetRange range(TopicPartitionId partition, long from, long until) {
        return new OffsetRange(partition, from, until);
    }

    private static ReadProgress readProgress(Map<TopicPartitionId, Long> positions, OffsetRange... pending) {
        return new ReadProgress(new PartitionOffsets(new TreeMap<>(positions)), new TreeSet<>(Set.of(pending)));
    }
}
