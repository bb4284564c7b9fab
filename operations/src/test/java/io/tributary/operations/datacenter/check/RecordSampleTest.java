package io.tributary.operations.datacenter.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordSampleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void oneRefusedRecordOfTwoHundredCallsNobody() {
        CheckResult result = ofRecords(200, 1);

        assertThat(result.level()).isEqualTo(CheckResult.Level.WARN);
        assertThat(result.words())
                .contains("1 of the 200 newest records would be refused (0.5 %): 1 not_json; the newest is ");
        assertThat(result.remedy()).isEmpty();
    }

    @Test
    void moreThanOneInAHundredAreToBeSeenTo() {
        assertThat(ofRecords(200, 0).words()).startsWith("the 200 newest records are all events; the newest is ");
        assertThat(ofRecords(200, 2).remedy()).isEmpty();
        assertThat(ofRecords(200, 3).remedy()).startsWith("compare event and event_time");
    }

    @Test
    void ifAllAreRefusedItCannotWork() {
        CheckResult result = ofRecords(5, 5);

        assertThat(result.level()).isEqualTo(CheckResult.Level.FAIL);
        assertThat(result.remedy()).startsWith("compare event and event_time");
    }

    private static CheckResult ofRecords(int records, int refused) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (int offset = 0; offset < records; offset++) {
            String value = offset < refused
                    ? "no event"
                    : "{\"event_id\": \"" + offset + "\", \"event_time\": \"" + NOW + "\", \"event_type\": \"t\"}";
            all.add(new ConsumerRecord<>("events", 0, offset, null, value.getBytes(StandardCharsets.UTF_8)));
        }
        RecordDecoder decoder = RecordDecoder.of(PipelineConfig.parse("{}", "test"));
        return RecordSample.of(all, topic -> decoder, "fra", NOW).results(NOW).get(0);
    }
}
