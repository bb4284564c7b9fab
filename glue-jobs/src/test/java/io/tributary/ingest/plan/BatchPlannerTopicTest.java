package io.tributary.ingest.plan;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.AcceptedReset;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Topics that are not what they were, and topics that do not answer. */
class BatchPlannerTopicTest {

    private static final ReadQuota PLENTY = new ReadQuota(1_000_000);
    private static final TopicName EVENTS = new TopicName("fra", "events");
    private static final TopicIdentity OLD = TopicIdentity.first("c", "t");

    @Test
    void aTopicMadeAnewStandsStillHoweverLongItIs() {
        ReadProgress readProgress = identified(positions(100));

        for (long length : new long[] {0, 50, 100, 150, 1_000}) {
            BatchPlan plan = plan(readProgress, reach("c/u", positions(0), positions(length)));

            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.halts())
                    .containsExactly(new ReplacedTopic(EVENTS, OLD, TopicIdentity.parse("c/u/1"), positions(100)));
        }
    }

    @Test
    void anotherClusterBehindTheSameNameStandsStill() {
        assertThat(plan(identified(positions(100)), reach("d/t", positions(0), positions(150)))
                        .halts())
                .singleElement()
                .isInstanceOf(ReplacedTopic.class);
    }

    @Test
    void anAcceptedResetBeginsTheTopicAtItsStart() {
        ReadProgress readProgress = identified(positions(100));
        OffsetBounds reach = reach("c/u", positions(3), positions(150));

        BatchPlan plan = plan(readProgress, reach, "events as c/u/1");
        ReadProgress after = readProgress.after(plan.progress());

        assertThat(plan.halts()).isEmpty();
        assertThat(plan.newPartitions()).isEqualTo(positions(3));
        assertThat(plan.read()).isEmpty();
        assertThat(plan(after, reach).read()).containsExactly(range(0, 3, 150));
        assertThat(after.identities()).containsEntry(EVENTS, TopicIdentity.parse("c/u/1"));
    }

    @Test
    void whatWaitedOfTheOldTopicIsLostBeforeItIsBegunAnewAndNeverReadFromTheNewOne() {
        ReadProgress readProgress = identified(positions(100), range(0, 30, 40), range(0, 60, 70));
        OffsetBounds reach = reach("c/u", positions(0), positions(150));

        BatchPlan first = plan(readProgress, reach, "events as c/u/1");
        readProgress = readProgress.after(first.progress());
        BatchPlan second = plan(readProgress, reach, "events as c/u/1");
        readProgress = readProgress.after(second.progress());
        BatchPlan third = plan(readProgress, reach, "events as c/u/1");
        readProgress = readProgress.after(third.progress());

        assertThat(first.lost()).containsExactly(range(0, 30, 40));
        assertThat(second.lost()).containsExactly(range(0, 60, 70));
        assertThat(third.newPartitions()).isEqualTo(positions(0));
        assertThat(List.of(first, second, third)).allMatch(plan -> plan.read().isEmpty());
        assertThat(plan(readProgress, reach, "events as c/u/1").read()).containsExactly(range(0, 0, 150));
    }

    @Test
    void anAcceptanceIsNoStandingPermission() {
        ReadProgress again = identified(positions(100))
                .after(BatchProgress.NONE
                        .withIdentities(new TreeMap<>(Map.of(EVENTS, TopicIdentity.parse("c/u/1"))))
                        .withNewPartitions(positions(0)));

        assertThat(plan(again, reach("c/v", positions(0), positions(9)), "events as c/u/1", "events as c/v/1")
                        .halts())
                .hasSize(1);
        assertThat(plan(again, reach("c/t", positions(0), positions(9)), "events as c/u/1")
                        .halts())
                .hasSize(1);
    }

    @Test
    void whereBrokersTellNoTopicIdALogThatWasShorterOnceStandsStillForGood() {
        ReadProgress readProgress = new ReadProgress(positions(100, 7), new TreeSet<>());

        BatchPlan found = plan(readProgress, reach("c/-", positions(0, 0), positions(50, 9)));
        ReadProgress after = readProgress.after(found.progress());
        BatchPlan later = plan(after, reach("c/-", positions(0, 0), positions(5_000, 900)));

        assertThat(found.truncated()).containsExactly(range(0, 50, 100));
        assertThat(List.of(found, later))
                .allMatch(plan ->
                        plan.halts().equals(List.of(new TruncatedLog(range(0, 50, 100), TopicIdentity.parse("c/-/1")))))
                .allMatch(plan -> plan.read().isEmpty());
        assertThat(later.isEmpty()).isTrue();
        assertThat(plan(after, reach("c/-", positions(0, 0), positions(5_000, 900)), "events as c/-/1")
                        .newPartitions())
                .isEqualTo(positions(0, 0));
    }

    @Test
    void aLogWhoseEpochTellsThatItWasCutStandsStillThoughItIsLongEnough() {
        OffsetBounds cut = reach("c/t", positions(0), positions(150))
                .withTruncations(new TreeSet<>(List.of(range(0, 80, 100))), new TreeMap<>());

        assertThat(plan(identified(positions(100)), cut).truncated()).containsExactly(range(0, 80, 100));
        assertThat(plan(identified(positions(120)), cut).halts())
                .as("an answer to an older question")
                .isEmpty();
    }

    @Test
    void aPartitionThatItsTopicHasNoMoreIsACutLog() {
        assertThat(plan(identified(positions(5, 7)), reach("c/t", positions(0), positions(9)))
                        .truncated())
                .containsExactly(range(1, 0, 7));
    }

    @Test
    void whatDoesNotAnswerIsNoGapAndTheRestIsRead() {
        OffsetBounds reach = new OffsetBounds(
                positions(0),
                positions(9),
                positions(9),
                positions(0),
                identities("c/t"),
                new TreeSet<>(List.of(partition("events", 0), partition("events", 1))),
                List.of(new Unavailable("events", OptionalInt.of(1), "it has no leader", "")),
                new TreeSet<>(),
                new TreeMap<>());
        ReadProgress readProgress = identified(
                positions(5, 7).plus(new PartitionOffsets(new TreeMap<>(Map.of(partition("missing", 0), 3L)))));

        BatchPlan plan = plan(readProgress, reach);

        assertThat(plan.halts()).isEmpty();
        assertThat(plan.read()).containsExactly(range(0, 5, 9));
    }

    @Test
    void idsThatAreToldLaterAreTakenUp() {
        ReadProgress untold = new ReadProgress(positions(5), new TreeSet<>());

        assertThat(plan(untold, reach("c/t", positions(0), positions(9))).identities())
                .containsEntry(EVENTS, OLD);
        assertThat(plan(identified(positions(5)), reach("c/-", positions(0), positions(9)))
                        .identities())
                .containsEntry(EVENTS, OLD);
    }

    private static BatchPlan plan(ReadProgress readProgress, OffsetBounds reach, String... resets) {
        return BatchPlanner.plan(
                "fra",
                readProgress,
                reach,
                PLENTY,
                new AcceptedDataLoss(
                        List.of(),
                        Arrays.stream(resets).map(AcceptedReset::parse).toList()));
    }

    private static OffsetBounds reach(String told, PartitionOffsets earliest, PartitionOffsets latest) {
        return new OffsetBounds(
                earliest,
                latest,
                latest,
                earliest,
                identities(told),
                new TreeSet<>(latest.offsets().keySet()),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>());
    }

    private static SortedMap<String, TopicIdentity> identities(String told) {
        return new TreeMap<>(Map.of("events", TopicIdentity.parse(told)));
    }

    private static ReadProgress identified(PartitionOffsets positions, OffsetRange... pending) {
        return new ReadProgress(positions, new TreeSet<>(Arrays.asList(pending)))
                .after(BatchProgress.NONE.withIdentities(new TreeMap<>(Map.of(EVENTS, OLD))));
    }
}
