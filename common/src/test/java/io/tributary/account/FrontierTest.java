package io.tributary.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrontierTest {

    private static final PartitionId FRA = new PartitionId("fra", "events", 0);
    private static final PartitionId NYC = new PartitionId("nyc", "events", 0);
    private static final PartitionId NEW = new PartitionId("sin", "events", 0);

    /** Beyond what the cache of boxed numbers holds. */
    private static final Frontier COMMITTED = frontier(Map.of(FRA, 1_000_000L, NYC, 2_000_000L));

    @Test
    void aBatchThatGoesOnWhereTheLogEndsMovesItsPartitions() {
        assertThat(take(COMMITTED, range(FRA, 1_000_000, 1_000_005)))
                .isEqualTo(frontier(Map.of(FRA, 1_000_005L, NYC, 2_000_000L)));
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
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessage("fra/events-0 is to begin at offset 999999 and stands at 1000000");
    }

    @Test
    void aPartitionThatTheLogDoesNotKnowCannotBeginWithRecords() {
        assertRefused(range(NEW, 77, 80), "sin/events-0 begins at offset 77 and the log does not know it");
    }

    @Test
    void whatIsDeferredWaitsAndThePartitionGoesOnBehindIt() {
        Frontier deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(deferred)
                .isEqualTo(frontier(Map.of(FRA, 1_000_005L, NYC, 2_000_000L), range(FRA, 1_000_000, 1_000_005)));
        assertThat(take(deferred, range(FRA, 1_000_005, 1_000_006)).waitingOf(FRA))
                .containsExactly(range(FRA, 1_000_000, 1_000_005));
    }

    @Test
    void whatIsHandedOutAgainWaitsNoMore() {
        Frontier deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(take(deferred, range(FRA, 1_000_000, 1_000_005)))
                .isEqualTo(frontier(Map.of(FRA, 1_000_005L, NYC, 2_000_000L)));
    }

    @Test
    void ofWhatIsHandedOutInPartTheRestWaits() {
        Frontier deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(take(deferred, range(FRA, 1_000_000, 1_000_002)).waiting())
                .containsExactly(range(FRA, 1_000_002, 1_000_005));
    }

    @Test
    void whatIsDeferredAgainGoesOnWaiting() {
        Frontier deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThat(defer(deferred, range(FRA, 1_000_000, 1_000_005))).isEqualTo(deferred);
        assertThat(defer(deferred, range(FRA, 1_000_000, 1_000_002))).isEqualTo(deferred);
    }

    @Test
    void whatWaitsIsTheSameHoweverItCameToWait() {
        Frontier atOnce = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));
        Frontier inTwo = defer(defer(COMMITTED, range(FRA, 1_000_000, 1_000_003)), range(FRA, 1_000_003, 1_000_005));

        assertThat(inTwo).isEqualTo(atOnce);
    }

    @Test
    void aRangeThatIsHandedOutAgainBeginsWhereTheWaitingBegins() {
        Frontier deferred = defer(COMMITTED, range(FRA, 1_000_000, 1_000_005));

        assertThatThrownBy(() -> take(deferred, range(FRA, 1_000_001, 1_000_005)))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessageContaining("begins at offset 1000001 and the log ends at 1000005");
        assertThatThrownBy(() -> take(deferred, range(FRA, 1_000_000, 1_000_006)))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessageContaining("begins at offset 1000000 and the log ends at 1000005");
    }

    @Test
    void theNextWaitingRangeIsTheFirstOfEachPartition() {
        Frontier frontier =
                frontier(Map.of(FRA, 50L, NYC, 60L), range(FRA, 5, 9), range(FRA, 12, 20), range(NYC, 1, 2));

        assertThat(frontier.nextWaitingOf("fra")).containsExactly(Map.entry(FRA, range(FRA, 5, 9)));
        assertThat(frontier.waitingOf(FRA)).containsExactly(range(FRA, 5, 9), range(FRA, 12, 20));
        assertThat(frontier.nextWaitingOf("sin")).isEmpty();
    }

    @Test
    void nothingWaitsBeyondWhatWasEverHandedOut() {
        assertThatThrownBy(() -> frontier(Map.of(FRA, 10L), range(FRA, 5, 11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fra/events-0 offsets 5 to 10 are to wait and lie beyond what was ever handed out");
    }

    @Test
    void anIdentityThatIsMetForTheFirstTimeIsKept() {
        Frontier after = COMMITTED.after(identified(TopicIdentity.first("c1", "t1")));

        assertThat(after.identityOf(FRA)).contains(TopicIdentity.first("c1", "t1"));
        assertThat(after.positions()).isEqualTo(COMMITTED.positions());
    }

    @Test
    void idsThatOldBrokersDidNotTellAreTakenUpLater() {
        Frontier before = COMMITTED.after(identified(TopicIdentity.first("c1", TopicIdentity.UNTOLD)));

        assertThat(before.after(identified(TopicIdentity.first("c1", "t1"))).identityOf(FRA))
                .contains(TopicIdentity.first("c1", "t1"));
    }

    @Test
    void anotherTopicUnderTheSameNameIsRefused() {
        Frontier before = COMMITTED.after(identified(TopicIdentity.first("c1", "t1")));

        assertThatThrownBy(() -> before.after(identified(TopicIdentity.first("c1", "t2"))))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessage("fra/events is the topic c1/t2 and the log knows c1/t1");
    }

    @Test
    void aTopicThatIsBegunAnewForgetsItsOldOffsets() {
        Frontier before = COMMITTED
                .after(identified(TopicIdentity.first("c1", "t1")))
                .after(Progress.NONE.withTruncated(Set.of(range(FRA, 999_990, 1_000_000))));
        Progress reset =
                identified(new TopicIdentity("c1", "t2", 1)).withBegun(new Positions(new TreeMap<>(Map.of(FRA, 5L))));

        Frontier after = before.after(reset);

        assertThat(after.positions())
                .isEqualTo(frontier(Map.of(FRA, 5L, NYC, 2_000_000L)).positions());
        assertThat(after.identityOf(FRA)).contains(new TopicIdentity("c1", "t2", 1));
        assertThat(after.truncated()).isEmpty();
        assertThat(after.unread()).containsExactly(FRA);
    }

    @Test
    void aTopicIsNotBegunAnewAmidItsRecords() {
        Frontier before = COMMITTED.after(identified(TopicIdentity.first("c1", "t1")));
        Progress amid =
                identified(new TopicIdentity("c1", "t2", 1)).withRead(List.of(range(FRA, 1_000_000, 1_000_005)));

        assertThatThrownBy(() -> before.after(amid))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessage("fra/events-0 begins at offset 1000000 and the log does not know it");
    }

    @Test
    void whatStillWaitsIsGivenUpBeforeItsTopicIsBegunAnew() {
        Frontier before =
                defer(COMMITTED, range(FRA, 1_000_000, 1_000_005)).after(identified(TopicIdentity.first("c1", "t1")));

        assertThatThrownBy(() -> before.after(identified(new TopicIdentity("c1", "t2", 1))))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessage("fra/events-0 offsets 1000000 to 1000004 still wait and their topic is begun anew");
    }

    @Test
    void aPartitionIsUnreadUntilSomethingOfItIsRead() {
        Frontier begun = begin(COMMITTED, NEW, 77);
        Frontier overtaken = begun.after(Progress.NONE.withExpired(List.of(range(NEW, 77, 80))));

        assertThat(begun.unread()).containsExactly(NEW);
        assertThat(overtaken.unread()).containsExactly(NEW);
        assertThat(defer(overtaken, range(NEW, 80, 90)).unread()).containsExactly(NEW);
        assertThat(take(overtaken, range(NEW, 80, 90)).unread()).isEmpty();
    }

    @Test
    void theLeaderEpochOfTheLastRecordIsKnownUntilOffsetsArePassedOver() {
        Frontier read = COMMITTED.after(Progress.NONE.withRanges(
                new TreeMap<>(Map.of(FRA, new Range(1_000_000, 1_000_005, 5, 5, 0, 0, 0, 1, 0, 7)))));
        Frontier empty = read.after(Progress.NONE.withRanges(
                new TreeMap<>(Map.of(FRA, new Range(1_000_005, 1_000_006, 0, 0, 0, 0, 0, 1, 0, -1)))));

        assertThat(read.epochs()).containsExactly(Map.entry(FRA, 7));
        assertThat(empty.epochs()).containsExactly(Map.entry(FRA, 7));
        assertThat(read.after(Progress.NONE.withLost(List.of(range(FRA, 1_000_005, 1_000_009))))
                        .epochs())
                .isEmpty();
    }

    @Test
    void whatABatchReadsInPartWaitsForTheRest() {
        Frontier waiting = defer(COMMITTED, range(FRA, 1_000_000, 1_000_009));
        Progress cut = Progress.NONE
                .withRead(List.of(range(FRA, 1_000_000, 1_000_003)))
                .withDeferred(List.of(range(FRA, 1_000_003, 1_000_009)));

        assertThat(waiting.after(cut).waiting()).containsExactly(range(FRA, 1_000_003, 1_000_009));
        assertThat(COMMITTED.after(cut)).isEqualTo(waiting.after(cut));
    }

    private static Progress identified(TopicIdentity identity) {
        return Progress.NONE.withIdentities(new TreeMap<>(Map.of(new TopicName("fra", "events"), identity)));
    }

    private static void assertRefused(OffsetRange range, String... words) {
        assertRefused(List.of(range), words);
    }

    private static void assertRefused(List<OffsetRange> ranges, String... words) {
        assertThatThrownBy(() -> COMMITTED.advance(Positions.EMPTY, ranges, List.of()))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> COMMITTED.advance(Positions.EMPTY, List.of(), ranges))
                .isInstanceOf(Frontier.BrokenException.class)
                .hasMessageContainingAll(words);
    }

    private static Frontier begin(Frontier before, PartitionId partition, long position) {
        return before.advance(new Positions(new TreeMap<>(Map.of(partition, position))), List.of(), List.of());
    }

    private static Frontier take(Frontier before, OffsetRange... ranges) {
        return before.advance(Positions.EMPTY, Arrays.asList(ranges), List.of());
    }

    private static Frontier defer(Frontier before, OffsetRange... ranges) {
        return before.advance(Positions.EMPTY, List.of(), Arrays.asList(ranges));
    }

    private static OffsetRange range(PartitionId partition, long from, long until) {
        return new OffsetRange(partition, from, until);
    }

    private static Frontier frontier(Map<PartitionId, Long> positions, OffsetRange... waiting) {
        return new Frontier(new Positions(new TreeMap<>(positions)), new TreeSet<>(Set.of(waiting)));
    }
}
