package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicPartitionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayPlannerTest {

    private static final TopicPartitionId EVENTS = new TopicPartitionId("fra", "events", 0);
    private static final TopicIdentity IDENTITY = TopicIdentity.first("cluster", "topic");

    private ReadProgress progress = ReadProgress.EMPTY;

    @Test
    void aRequestBeginsThenIsReadInSharesUntilItIsDone() {
        ReplayRequest request = ofFile("one", 3000);

        BatchPlan begin = plan(1, request);
        assertThat(begin.newPartitions().offsets()).containsEntry(part(request), 0L);
        assertThat(begin.read()).isEmpty();

        assertThat(take(begin)).isFalse();
        assertThat(ranges(plan(1, request))).containsExactly("0-1024");
        take(plan(1, request));
        assertThat(ranges(plan(2, request))).containsExactly("1024-3000");
        assertThat(request.isDone(progress)).isFalse();
        take(plan(2, request));
        assertThat(request.isDone(progress)).isTrue();
        assertThat(plan(2, request).isEmpty()).isTrue();
    }

    @Test
    void whatWasDeferredIsReadBeforeWhatFollows() {
        ReplayRequest request = ofFile("one", 3000);
        take(plan(1, request));
        progress = progress.after(BatchProgress.NONE
                .withRead(List.of(new OffsetRange(part(request), 0, 100)))
                .withDeferred(List.of(new OffsetRange(part(request), 100, 1024))));

        assertThat(ranges(plan(1, request))).containsExactly("100-1024");
        assertThat(request.isDone(progress)).isFalse();
    }

    @Test
    void theOldestRequestIsReadFirstAndAllTogetherHaveOneShare() {
        ReplayRequest first = ofFile("one", 2048);
        ReplayRequest second = ofFile("two", 2048);
        take(plan(9, first, second));

        assertThat(ranges(plan(2, first, second))).containsExactly("0-2048");
        assertThat(ranges(plan(3, first, second))).containsExactly("0-2048", "0-1024");
    }

    @Test
    void aPartitionThatCouldNotBeReadRests() {
        ReplayRequest request = ofFile("one", 2048);
        take(plan(1, request));

        assertThat(ReplayPlanner.plan(List.of(request), progress, Map.of(), partition -> true, 9)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void offsetsOfKafkaWaitForTheirDataCenterAndForTheirTopic() {
        ReplayRequest request = ofKafka(10, 50);

        assertThat(ReplayPlanner.plan(List.of(request), progress, Map.of(), partition -> false, 9)
                        .isEmpty())
                .isTrue();
        assertThat(planned(request, TopicIdentity.first("cluster", "recreated"), 0)
                        .isEmpty())
                .isTrue();
        take(planned(request, IDENTITY, 0));
        assertThat(ranges(planned(request, IDENTITY, 0))).containsExactly("10-19");
    }

    @Test
    void offsetsThatKafkaNoLongerHasAreSkipped() {
        ReplayRequest request = ofKafka(10, 50);
        take(planned(request, IDENTITY, 0));

        BatchPlan plan = planned(request, IDENTITY, 30);
        assertThat(plan.lost()).containsExactly(new OffsetRange(part(request), 10, 30));
        take(plan);
        assertThat(ranges(planned(request, IDENTITY, 30))).containsExactly("30-39");
    }

    private BatchPlan planned(ReplayRequest request, TopicIdentity now, long earliest) {
        PartitionOffsets begin = new PartitionOffsets(new TreeMap<>(Map.of(EVENTS, earliest)));
        PartitionOffsets end = new PartitionOffsets(new TreeMap<>(Map.of(EVENTS, 100L)));
        OffsetBounds bounds = new OffsetBounds(
                begin,
                end,
                end,
                begin,
                new TreeMap<>(Map.of("events", now)),
                new TreeSet<>(List.of(EVENTS)),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>());
        return ReplayPlanner.plan(List.of(request), progress, Map.of("fra", bounds), partition -> false, 9);
    }

    private BatchPlan plan(long maxRecords, ReplayRequest... requests) {
        return ReplayPlanner.plan(List.of(requests), progress, Map.of(), partition -> false, maxRecords);
    }

    private boolean take(BatchPlan plan) {
        progress = progress.after(plan.progress());
        return plan.isEmpty();
    }

    private static List<String> ranges(BatchPlan plan) {
        return plan.read().stream()
                .map(range -> range.from() + "-" + range.until())
                .toList();
    }

    private static TopicPartitionId part(ReplayRequest request) {
        return request.inputs().get(0).partition();
    }

    private static ReplayRequest ofFile(String id, long bytes) {
        TopicPartitionId part = new TopicPartitionId("fra", ReplayTopic.ofQuarantine(id), 0);
        return request(
                id,
                ReplayRequest.Kind.QUARANTINE,
                ReplayInput.ofFile(new OffsetRange(part, 0, bytes), Optional.of(7L), "file:/records", bytes));
    }

    private static ReplayRequest ofKafka(long from, long until) {
        TopicPartitionId part = new TopicPartitionId("fra", ReplayTopic.ofKafka("again", "events"), 0);
        return request(
                "again",
                ReplayRequest.Kind.KAFKA,
                ReplayInput.ofKafka(new OffsetRange(part, from, until), IDENTITY.toString()));
    }

    private static ReplayRequest request(String id, ReplayRequest.Kind kind, ReplayInput input) {
        ReplayRequest request = new ReplayRequest(
                id, kind, Instant.EPOCH, "ada", Optional.empty(), 7, "words", List.of(input), new TreeMap<>());
        assertThat(ReplayRequest.parse(request.json())).isEqualTo(request);
        return request;
    }
}
