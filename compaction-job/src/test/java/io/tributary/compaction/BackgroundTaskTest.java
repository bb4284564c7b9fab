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

    private final BackgroundTask background = new BackgroundTask("maintenance");
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void nothingToDoIsDone() throws InterruptedException {
        assertThat(background.hasEndedWithin(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void oneAfterTheOtherIsDone() throws InterruptedException {
        background.begin(done::incrementAndGet);
        assertThat(background.hasEndedWithin(LONG)).isTrue();
        background.begin(done::incrementAndGet);
        assertThat(background.hasEndedWithin(LONG)).isTrue();

        assertThat(done).hasValue(2);
    }

    @Test
    void whatIsAskedForMeanwhileIsLeftOut() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        background.begin(() -> {
            await(end);
            done.incrementAndGet();
        });
        background.begin(done::incrementAndGet);
        assertThat(background.hasEndedWithin(Duration.ofMillis(10))).isFalse();
        end.countDown();

        assertThat(background.hasEndedWithin(LONG)).isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void aFailureIsToldOnce() throws InterruptedException {
        background.begin(() -> {
            throw new IllegalArgumentException("no such table");
        });

        assertThat(background.hasEndedWithin(LONG)).isTrue();
        assertThatThrownBy(background::throwIfFailed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("maintenance failed: no such table. Nothing is lost; the next run does what is left.")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatCode(background::throwIfFailed).doesNotThrowAnyException();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
