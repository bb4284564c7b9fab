package io.tributary.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.run.CommitTracker.Standing;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecoveryTimesTest {

    private static final TopicPartitionId PARTITION = new TopicPartitionId("dc1", "events", 0);
    private static final Fault FAULT = new Fault(1, FaultKind.INGEST_KILLED, "dc1", Duration.ZERO, Duration.ZERO, 0);

    private final RecoveryTimes recoveries = new RecoveryTimes();

    @Test
    void aFaultIsOverWhenAQuestionAfterTheCommitIsAnswered() {
        recoveries.await(FAULT, 100, Map.of(PARTITION, 5L));

        assertThat(recoveries.look(standing(4), 190, 200)).isEmpty();
        assertThat(recoveries.look(standing(5), 290, 300)).isEmpty();
        // Put before the commit was seen, and so perhaps before it was made.
        assertThat(recoveries.look(standing(5), 300, 400)).isEmpty();
        assertThat(recoveries.isOver(FAULT)).isFalse();
        assertThat(recoveries.look(standing(5), 301, 500))
                .containsExactly(new RecoveryTimes.Recovery(FAULT, Duration.ofNanos(400)));
        assertThat(recoveries.isOver(FAULT)).isTrue();
        assertThat(recoveries.open()).isEmpty();
        assertThat(recoveries.look(standing(5), 600, 700)).isEmpty();
    }

    @Test
    void whatWasLeftOutIsNotRead() {
        recoveries.await(FAULT, 100, Map.of(PARTITION, 5L));

        assertThat(recoveries.look(standing(9, new OffsetRange(PARTITION, 3, 4)), 200, 200))
                .isEmpty();
        assertThat(recoveries.look(standing(9), 250, 300)).isEmpty();
        assertThat(recoveries.open()).containsExactly(FAULT);
        assertThat(recoveries.look(standing(9), 350, 400)).hasSize(1);
    }

    @Test
    void whatATopicHeldThatIsGoneIsNotWaitedFor() {
        recoveries.await(FAULT, 100, Map.of(PARTITION, 5L));
        assertThat(recoveries.look(standing(2), 200, 200)).isEmpty();

        recoveries.forget(new TopicName("dc2", "events"));
        assertThat(recoveries.look(standing(2), 300, 300)).isEmpty();
        assertThat(recoveries.look(standing(2), 400, 400)).isEmpty();

        recoveries.forget(new TopicName("dc1", "events"));
        assertThat(recoveries.look(standing(2), 450, 500)).isEmpty();
        assertThat(recoveries.look(standing(2), 550, 600)).hasSize(1);
    }

    private static Standing standing(long position, OffsetRange... pending) {
        SortedSet<OffsetRange> ranges = new TreeSet<>(List.of(pending));
        ReadProgress readProgress =
                new ReadProgress(new PartitionOffsets(new TreeMap<>(Map.of(PARTITION, position))), ranges);
        return new Standing(Map.of(), readProgress, false, 0);
    }
}
