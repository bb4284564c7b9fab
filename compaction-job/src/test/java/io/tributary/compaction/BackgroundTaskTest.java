package io.tributary.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final BackgroundTask beside = new BackgroundTask("upkeep");
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void nothingToDoIsDone() throws InterruptedException {
        assertThat(beside.hasEndedWithin(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void oneAfterTheOtherIsDone() throws InterruptedException {
        beside.begin(done::incrementAndGet);
        assertThat(beside.hasEndedWithin(LONG)).isTrue();
        beside.begin(done::incrementAndGet);
        assertThat(beside.hasEndedWithin(LONG)).isTrue();

        assertThat(done).hasValue(2);
    }

    @Test
    void whatIsAskedForMeanwhileIsLeftOut() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        beside.begin(() -> {
            await(end);
            done.incrementAndGet();
        });
        beside.begin(done::incrementAndGet);
        assertThat(beside.hasEndedWithin(Duration.ofMillis(10))).isFalse();
        end.countDown();

        assertThat(beside.hasEndedWithin(LONG)).isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void aFailureIsToldOnce() throws InterruptedException {
        beside.begin(() -> {
            throw new IllegalArgumentException("no such table");
        });

        assertThat(beside.hasEndedWithin(LONG)).isTrue();
        assertThatThrownBy(beside::throwIfFailed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("upkeep failed: no such table. Nothing is lost; the next look does what is left.")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatCode(beside::throwIfFailed).doesNotThrowAnyException();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
