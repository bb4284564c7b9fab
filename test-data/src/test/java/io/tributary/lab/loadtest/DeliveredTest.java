package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import org.junit.jupiter.api.Test;

class DeliveredTest {

    private static final long START = GeneratedRun.START.millis();

    private final Delivered delivered = new Delivered(new OverTime(START, 1_000), START);

    DeliveredTest() {
        for (int offset = 0; offset < 4; offset++) {
            delivered.sent(SentRecord.event(
                    Kind.EVENT,
                    new Coordinates("dc1", "events", "id", 0, offset),
                    new SentEvent(Identity.global("e" + offset), (START + 10L * offset) * 1_000, 100 + offset)));
        }
    }

    @Test
    void everythingOnceAndInOrderIsComplete() {
        for (int offset = 0; offset < 4; offset++) {
            receive(offset, 100 + offset);
        }
        assertThat(delivered.isComplete()).isTrue();
        assertThat(delivered.dueToAppend().getMaxValue()).isEqualTo(20);
        assertThat(delivered.appendToReceive().getMaxValue()).isEqualTo(5);
        assertThat(delivered.dueToReceive().getTotalCount()).isEqualTo(4);
    }

    @Test
    void whatIsWrongIsToldByItsKind() {
        receive(0, 100);
        receive(0, 100);
        receive(2, 102);
        receive(1, 999);
        receive(9, 1);

        assertThat(delivered.received()).isEqualTo(5);
        assertThat(delivered.missing()).isEqualTo(1);
        assertThat(delivered.twice()).isEqualTo(1);
        assertThat(delivered.outOfOrder()).isEqualTo(1);
        assertThat(delivered.altered()).isEqualTo(1);
        assertThat(delivered.unknown()).isEqualTo(1);
        assertThat(delivered.isComplete()).isFalse();
    }

    private void receive(int offset, long hash) {
        long appended = START + 10L * offset + 20;
        delivered.received("dc1", 0, offset, appended, appended + 5, hash);
    }
}
