package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.ingest.source.UnreadableRangeException.Unreadable;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class UnreadableRangeExceptionTest {

    private static final OffsetRange RANGE = new OffsetRange(new PartitionId("fra-1.a", "audit.log_2-x", 12), 100, 250);
    private final UnreadableRangeException failure =
            new UnreadableRangeException(RANGE, 1_700_000_000_123L, "no answer\nin 6 s");
    private static final Unreadable UNREADABLE = new Unreadable(RANGE, 1_700_000_000_123L);

    @Test
    void itIsFoundAsItself() {
        assertThat(UnreadableRangeException.find(failure)).contains(UNREADABLE);
        assertThat(failure).hasMessageEndingWith("no answer\nin 6 s");
    }

    @Test
    void itIsFoundAsACause() {
        assertThat(UnreadableRangeException.find(new IllegalStateException("query", new UncheckedIOException(failure))))
                .contains(UNREADABLE);
    }

    @Test
    void itIsFoundInTheTextThatSparkMakesOfATasksFailure() {
        SparkException spark = new SparkException(
                "Job aborted due to stage failure: Task 1 in stage 9.0 failed 4 times,"
                        + " most recent failure: Lost task 1.3 in stage 9.0 (TID 71) (10.0.0.7 executor 2): " + failure
                        + "\n\tat io.tributary.ingest.source.RangeReader.unreadable(RangeReader.java:96)\n\nDriver stacktrace:");

        assertThat(UnreadableRangeException.find(new IllegalStateException("query terminated", spark)))
                .contains(UNREADABLE);
    }

    @Test
    void anotherFailureIsNone() {
        assertThat(UnreadableRangeException.find(new IllegalStateException("unreadable range", new Error())))
                .isEmpty();
        assertThat(UnreadableRangeException.find(new IllegalStateException("query terminated")))
                .isEmpty();
    }

    @Test
    void whereNothingIsKnownTheTimeWasOver() {
        assertThat(new UnreadableRangeException(range(0, 1, 2), 3, null)).hasMessageEndingWith("the time was over");
    }
}
