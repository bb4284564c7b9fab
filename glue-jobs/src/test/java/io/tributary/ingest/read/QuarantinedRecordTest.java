package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuarantinedRecordTest {

    /** Jackson's own bound on a text is 20 million characters, which 15 MB of bytes exceed. */
    @Test
    void aRecordOfTheGreatestSizeIsReadFromItsLine() throws Exception {
        byte[] value = new byte[PollBudget.MAX_RECORD_BYTES];
        value[value.length - 1] = 9;
        QuarantinedRecord record = new QuarantinedRecord(
                "events", 1, 2, 3L, "a/b", ByteBuffer.wrap(value), ByteBuffer.wrap(new byte[] {5}), "[[\"a\",null]]");

        QuarantinedRecord read = QuarantinedRecord.parse(record.line().getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(record);
    }
}
