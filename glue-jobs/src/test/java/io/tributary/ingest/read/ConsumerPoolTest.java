package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ConsumerPoolTest {

    private static final ConsumerOptions OPTIONS = new ConsumerOptions("fra", Map.of("ssl.key.password", "old"));

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong();
    private MockConsumer<byte[], byte[]> newest;
    private final ConsumerPool pool = new ConsumerPool(this::open, nanos::get);

    @Test
    void aConsumerThatIsGivenBackServesTheNextTask() {
        RangeConsumer first = pool.take(OPTIONS, LONG);
        RangeConsumer second = pool.take(OPTIONS, LONG);
        assertThat(second).isNotSameAs(first);
        pool.release(first);

        assertThat(pool.take(OPTIONS, LONG)).isSameAs(first);
    }

    @Test
    void aRenewedSecretOpensAConsumerOfItsOwn() {
        RangeConsumer old = pool.take(OPTIONS, LONG);
        pool.release(old);

        assertThat(pool.take(new ConsumerOptions("fra", Map.of("ssl.key.password", "new")), LONG))
                .isNotSameAs(old);
    }

    @Test
    void whoIsIdleForLongIsClosed() {
        pool.release(pool.take(OPTIONS, LONG));
        MockConsumer<byte[], byte[]> idle = newest;
        nanos.addAndGet(Duration.ofSeconds(121).toNanos());
        pool.release(pool.take(new ConsumerOptions("nyc", Map.of()), LONG));

        assertThat(idle.closed()).isTrue();
        assertThat(newest.closed()).isFalse();
    }

    @Test
    void clearingClosesAllThatIsIdle() {
        pool.release(pool.take(OPTIONS, LONG));
        pool.clear();

        assertThat(newest.closed()).isTrue();
    }

    @Test
    void aConsumerThatIsOpenedTooLateHoldsUpNobodyAndServesTheNextTask() throws Exception {
        CountDownLatch endpointAnswers = new CountDownLatch(1);
        CompletableFuture<RangeConsumer> late = new CompletableFuture<>();
        ConsumerPool slow = new ConsumerPool(
                options -> {
                    awaitQuietly(endpointAnswers);
                    late.complete(open(options));
                    return late.join();
                },
                nanos::get);

        assertThatThrownBy(() -> slow.take(OPTIONS, Duration.ofMillis(50)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage(
                        "a client was not opened within 50 ms; its name server or the endpoint of its login is slow");

        endpointAnswers.countDown();
        assertThat(slow.take(OPTIONS, LONG)).isNotNull();
        assertThat(late).isCompleted();
    }

    @Test
    void whyAConsumerCannotBeOpenedIsSaid() {
        ConsumerPool broken = new ConsumerPool(
                options -> {
                    throw new KafkaException("Failed to construct kafka consumer");
                },
                nanos::get);

        assertThatThrownBy(() -> broken.take(OPTIONS, LONG))
                .isInstanceOf(KafkaException.class)
                .hasMessage("Failed to construct kafka consumer");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RangeConsumer open(ConsumerOptions options) {
        newest = new MockConsumer<>(OffsetResetStrategy.NONE);
        return new RangeConsumer(options, (own, budget) -> newest);
    }
}
