package io.tributary.ingest.format;

import io.tributary.config.RegistryConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What the client of a schema registry writes before a value.
 *
 * <pre>
 *  Confluent's   a zero, four bytes of the schema's number
 *  AWS Glue's    a three, a zero or (compressed by zlib) a five, 16 bytes of the schema's UUID
 * </pre>
 *
 * @param id of the schema
 * @param length of the header, bytes
 */
record SchemaHeader(String id, int length, boolean isCompressed) {

    private static final byte CONFLUENT = 0;
    private static final int CONFLUENT_LENGTH = 5;
    private static final byte GLUE = 3;
    private static final int GLUE_LENGTH = 18;
    private static final byte UNCOMPRESSED = 0;
    private static final byte ZLIB = 5;

    /** Empty if the value does not begin with the header of such a registry. */
    static Optional<SchemaHeader> of(byte[] value, RegistryConfig.Type registry) {
        return switch (registry) {
            case CONFLUENT ->
                value.length < CONFLUENT_LENGTH || value[0] != CONFLUENT
                        ? Optional.empty()
                        : Optional.of(new SchemaHeader(
                                Integer.toString(ByteBuffer.wrap(value).getInt(1)), CONFLUENT_LENGTH, false));
            case GLUE -> ofGlue(value);
        };
    }

    private static Optional<SchemaHeader> ofGlue(byte[] value) {
        if (value.length < GLUE_LENGTH || value[0] != GLUE || (value[1] != UNCOMPRESSED && value[1] != ZLIB)) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(value);
        return Optional.of(new SchemaHeader(
                new UUID(header.getLong(2), header.getLong(2 + Long.BYTES)).toString(), GLUE_LENGTH, value[1] == ZLIB));
    }

    /**
     * The bytes behind the header, as they were before they were compressed.
     *
     * @throws IOException if they cannot be decompressed, or are too many
     */
    byte[] decompressed(byte[] value) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(value, length, value.length - length);
            ByteArrayOutputStream plain = new ByteArrayOutputStream(4 * value.length);
            byte[] part = new byte[1 << 14];
            while (!inflater.finished()) {
                int read = inflater.inflate(part);
                if (read == 0 && !inflater.finished()) {
                    throw new IOException("what is compressed ends early");
                }
                plain.write(part, 0, read);
                if (plain.size() > JsonConverter.MAX_JSON_BYTES) {
                    throw new IOException("it is more than " + (JsonConverter.MAX_JSON_BYTES >> 20) + " MiB");
                }
            }
            return plain.toByteArray();
        } catch (DataFormatException e) {
            throw new IOException("it is not compressed as its header says", e);
        } finally {
            inflater.end();
        }
    }
}
