package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.junit.jupiter.api.Test;

class ConsumerPoolTest {

    private static final ConsumerOptions OPTIONS = new ConsumerOptions("fra", Map.of("ssl.key.password", "old"));

    private final AtomicLong nanos = new AtomicLong();
    private MockConsumer<byte[], byte[]> newest;
    private final ConsumerPool pool = new ConsumerPool(this::open, nanos::get);

    @Test
    void aConsumerThatIsGivenBackServesTheNextTask() {
        RangeConsumer first = pool.take(OPTIONS);
        RangeConsumer second = pool.take(OPTIONS);
        assertThat(second).isNotSameAs(first);
        pool.giveBack(first);

        assertThat(pool.take(OPTIONS)).isSameAs(first);
    }

    @Test
    void aRenewedSecretOpensAConsumerOfItsOwn() {
        RangeConsumer old = pool.take(OPTIONS);
        pool.giveBack(old);

        assertThat(pool.take(new ConsumerOptions("fra", Map.of("ssl.key.password", "new"))))
                .isNotSameAs(old);
    }

    @Test
    void whoIsIdleForLongIsClosed() {
        pool.giveBack(pool.take(OPTIONS));
        MockConsumer<byte[], byte[]> idle = newest;
        nanos.addAndGet(Duration.ofSeconds(121).toNanos());
        pool.giveBack(pool.take(new ConsumerOptions("nyc", Map.of())));

        assertThat(idle.closed()).isTrue();
        assertThat(newest.closed()).isFalse();
    }

    @Test
    void clearingClosesAllThatIsIdle() {
        pool.giveBack(pool.take(OPTIONS));
        pool.clear();

        assertThat(newest.closed()).isTrue();
    }

    private RangeConsumer open(ConsumerOptions options) {
        newest = new MockConsumer<>(OffsetResetStrategy.NONE);
        return new RangeConsumer(options, newest);
    }
}
