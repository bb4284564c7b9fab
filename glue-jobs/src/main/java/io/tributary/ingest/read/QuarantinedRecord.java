package io.tributary.ingest.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A record of the quarantine as a line of a file that a request names.
 *
 * @param timestamp of Kafka, microseconds since the epoch; null if it is not known
 * @param topicIdentity null if it is not known
 * @param value its bytes; null if it has none
 * @param key null if it has none, or it was rejected before keys were kept
 * @param headers as {@link RecordHeaders} writes them; likewise null
 */
public record QuarantinedRecord(
        String topic,
        int partition,
        long offset,
        Long timestamp,
        String topicIdentity,
        ByteBuffer value,
        ByteBuffer key,
        String headers) {

    /** Without Jackson's own bound on a text, which is less than a record may have. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** The record's bytes; null if it has none. */
    public byte[] bytes() {
        return bytes(value);
    }

    RecordContent content() {
        return new RecordContent(bytes(value), bytes(key), headers);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The line, without its end. */
    public String line() {
        ObjectNode root = JSON.createObjectNode();
        root.put("topic", topic);
        root.put("partition", partition);
        root.put("offset", offset);
        root.put("timestamp", timestamp);
        root.put("topic_identity", topicIdentity);
        root.put("value", bytes());
        if (key != null) {
            root.put("key", bytes(key));
        }
        if (headers != null) {
            root.put("headers", headers);
        }
        return root.toString();
    }

    /** @throws IOException if the line is not of this form */
    public static QuarantinedRecord parse(byte[] line) throws IOException {
        try {
            JsonNode root = JSON.readTree(new String(line, StandardCharsets.UTF_8));
            JsonNode timestamp = root.required("timestamp");
            JsonNode identity = root.required("topic_identity");
            byte[] value = root.required("value").binaryValue();
            byte[] key = root.path("key").binaryValue();
            return new QuarantinedRecord(
                    root.required("topic").asText(),
                    root.required("partition").asInt(),
                    root.required("offset").asLong(),
                    timestamp.isNull() ? null : timestamp.longValue(),
                    identity.isNull() ? null : identity.asText(),
                    value == null ? null : ByteBuffer.wrap(value),
                    key == null ? null : ByteBuffer.wrap(key),
                    root.path("headers").textValue());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The exception's message may hold parts of the record.
            throw new IOException("a line is not a record of the quarantine; the file was changed or damaged");
        }
    }
}
