package io.tributary.ingest.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.EventConfig;
import io.tributary.ingest.format.Converted;
import io.tributary.ingest.format.ValueFormat;
import io.tributary.ingest.read.RecordContent;
import io.tributary.values.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes the text of keys. The client of a schema registry writes its header before keys as well; then they are in the
 * format of the values.
 */
final class RecordKeys {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ValueFormat format;
    private final boolean hasSchemas;
    private final boolean skipsHeader;

    RecordKeys(DecodeRules rules, ValueFormat format) {
        this.format = format;
        this.hasSchemas = rules.format().needsRegistry();
        this.skipsHeader = rules.registryHeader() == EventConfig.RegistryHeader.SKIP;
    }

    /** The record with a key that is a text, or the text of a JSON; as it is if no header stands before its key. */
    RecordContent plain(RecordContent record, String dataCenter) {
        byte[] key = record.key();
        if (key == null || key.length == 0 || !(hasSchemas || skipsHeader)) {
            return record;
        }
        if (hasSchemas && format.convert(key, dataCenter) instanceof Converted.Json json) {
            return with(text(json.bytes()), record);
        }
        int header = skipsHeader ? JsonText.registryHeader(key) : 0;
        return header == 0 ? record : with(Arrays.copyOfRange(key, header, key.length), record);
    }

    /** A key that is a text alone is that text, without the quotes of JSON. */
    private static byte[] text(byte[] json) {
        if (json.length == 0 || json[0] != '"') {
            return json;
        }
        try {
            JsonNode text = JSON.readTree(json);
            return text.isTextual() ? text.asText().getBytes(StandardCharsets.UTF_8) : json;
        } catch (JsonProcessingException e) {
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot be read", e);
        }
    }

    private static RecordContent with(byte[] key, RecordContent record) {
        return new RecordContent(record.value(), key, record.headers());
    }
}
