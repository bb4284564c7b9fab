package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordContentTest {

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "events", 0, 7, 0, TimestampType.CREATE_TIME, -1, -1, key, null, headers, Optional.empty());
    }

    @Test
    void keyAndHeadersAreHeldAsTheyAre() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("type", "paid".getBytes(StandardCharsets.UTF_8));

        RecordContent content = RecordContent.of(record(new byte[] {7}, headers));

        assertThat(content.key()).containsExactly(7);
        assertThat(content.headers()).isEqualTo("[[\"type\",\"paid\"]]");
    }

    @Test
    void headersWithoutContentTakeMemoryAsWell() {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < 70_000; i++) {
            headers.add("", null);
        }

        assertThat(RecordContent.of(record(null, headers)).headers()).isNull();
        assertThat(RecordContent.bytes(record(null, headers))).isGreaterThan(RecordContent.MAX_BYTES_OUTSIDE_VALUE);
    }

    @Test
    void aRecordWithoutAValueTakesWhatItsKeyAndHeadersTake() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[1_000]);

        assertThat(RecordContent.bytes(record(new byte[500], headers))).isBetween(1_500L, 1_600L);
    }
}
