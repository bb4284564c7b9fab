package io.tributary.ingest.read;

import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ingest.read.UnreplayableBatchException.Unreadable;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class UnreplayableBatchExceptionTest {

    private static final OffsetRange RANGE =
            new OffsetRange(new TopicPartitionId("fra-1.a", "audit.log_2-x", 12), 100, 250);
    private final UnreplayableBatchException failure =
            new UnreplayableBatchException(RANGE, 1_700_000_000_123L, "no answer\nin 6 s");
    private static final Unreadable UNREADABLE = new Unreadable(RANGE, 1_700_000_000_123L);

    @Test
    void itIsFoundAsItself() {
        assertThat(UnreplayableBatchException.find(failure)).contains(UNREADABLE);
        assertThat(failure).hasMessageEndingWith("no answer\nin 6 s");
    }

    @Test
    void itIsFoundAsACause() {
        assertThat(UnreplayableBatchException.find(
                        new IllegalStateException("query", new UncheckedIOException(failure))))
                .contains(UNREADABLE);
    }

    @Test
    void itIsFoundInTheTextThatSparkMakesOfATasksFailure() {
        SparkException spark = new SparkException(
                "Job aborted due to stage failure: Task 1 in stage 9.0 failed 4 times,"
                        + " most recent failure: Lost task 1.3 in stage 9.0 (TID 71) (10.0.0.7 executor 2): " + failure
                        + "\n\tat io.tributary.ingest.read.RangeReader.unreadable(RangeReader.java:96)\n\nDriver stacktrace:");

        assertThat(UnreplayableBatchException.find(new IllegalStateException("query terminated", spark)))
                .contains(UNREADABLE);
    }

    @Test
    void anotherFailureIsNone() {
        assertThat(UnreplayableBatchException.find(new IllegalStateException("unreadable range", new Error())))
                .isEmpty();
        assertThat(UnreplayableBatchException.find(new IllegalStateException("query terminated")))
                .isEmpty();
    }

    @Test
    void whereNothingIsKnownTheTimeWasOver() {
        assertThat(new UnreplayableBatchException(range(0, 1, 2), 3, null))
                .hasMessageEndingWith("the time was used up");
    }
}
