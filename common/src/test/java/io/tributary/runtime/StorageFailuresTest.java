package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.error.OperatorActionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class StorageFailuresTest {

    @Test
    void aFullDiskIsSaidHoweverItComesOut() {
        IOException full = new IOException("No space left on device");

        assertThat(describe(full))
                .isEqualTo("The storage is full: No space left on device. Make room, or give more, where the lake, the"
                        + " checkpoint and Spark's local folders (spark.local.dir, java.io.tmpdir) lie. What is"
                        + " committed stays; the next start goes on from it.");
        assertThat(describe(new ExecutionException(new IllegalStateException("a write", full))))
                .startsWith("The storage is full");
    }

    @Test
    void anErrorOfHadoopCountsLikeAnException() {
        assertThat(describe(
                        new SparkException("Job aborted", new InternalError(new IOException("Disk quota exceeded")))))
                .startsWith("The storage is full: ");
    }

    @Test
    void whatSparkOnlyHandsOnAsTextIsFound() {
        SparkException failure = new SparkException("""
                Job aborted due to stage failure: Task 0 failed 4 times:
                java.io.FileNotFoundException: /lake/part-1.parquet (Read-only file system)
                \tat java.base/java.io.FileOutputStream.open0(Native Method)""");

        assertThat(describe(failure))
                .startsWith("The storage is read-only: java.io.FileNotFoundException: /lake/part-1.parquet (Read-only"
                        + " file system). Mount it writable");
    }

    @Test
    void aRefusalNamesThePlace() {
        assertThat(describe(new AccessDeniedException("s3://lake/events_merged")))
                .startsWith("The storage refuses access: s3://lake/events_merged. Give this job the right");
        assertThat(describe(new FileNotFoundException("/lake/x (Permission denied)")))
                .startsWith("The storage refuses access: /lake/x");
    }

    @Test
    void anythingElseIsNoFailureOfStorage() {
        assertThat(StorageFailures.explain(new IllegalStateException("a defect")))
                .isEmpty();
        assertThat(StorageFailures.explain(new NullPointerException())).isEmpty();
    }

    @Test
    void causesThatLeadBackToThemselvesEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(StorageFailures.explain(first)).isEmpty();
    }

    private static String describe(Throwable failure) {
        Optional<OperatorActionException> explained = StorageFailures.explain(failure);
        assertThat(explained).get().extracting(Throwable::getCause).isSameAs(failure);
        return explained.orElseThrow().getMessage();
    }
}
