package io.tributary.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The records of {@link IngestRecords} in Avro, without a header. */
final class AvroRecords {

    static final String SCHEMA = "{\"type\":\"record\",\"name\":\"Event\",\"fields\":["
            + "{\"name\":\"event_id\",\"type\":\"string\"},"
            + "{\"name\":\"event_time\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
            + "{\"name\":\"event_type\",\"type\":\"string\"},"
            + "{\"name\":\"number\",\"type\":\"int\"},"
            + "{\"name\":\"note\",\"type\":\"string\"}]}";

    private static final Schema PARSED = new Schema.Parser().parse(SCHEMA);
    private static final ObjectMapper JSON = new ObjectMapper();

    private AvroRecords() {}

    static byte[] of(byte[] json) {
        try {
            JsonNode event = JSON.readTree(json);
            GenericData.Record record = new GenericData.Record(PARSED);
            record.put("event_id", event.get("event_id").asText());
            record.put(
                    "event_time",
                    Instant.parse(event.get("event_time").asText()).toEpochMilli());
            record.put("event_type", event.get("event_type").asText());
            record.put("number", event.get("number").asInt());
            record.put("note", event.get("note").asText());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(PARSED).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot be read", e);
        }
    }
}
