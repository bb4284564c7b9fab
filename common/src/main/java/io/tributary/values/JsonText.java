package io.tributary.values;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A record's value as text, and where in it the JSON is: a byte order mark before it, and NULs that close it, belong to
 * the record and not to the JSON.
 *
 * @param bytes not empty
 * @param text of all the bytes
 * @param from the first byte of the JSON, inclusive
 * @param until the last one, exclusive
 */
public record JsonText(ByteBuffer bytes, String text, int from, int until) {

    /** What a malformed byte becomes, and what may also have been sent. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** A zero byte and the schema's id, as Confluent's clients write it. */
    private static final int CONFLUENT_HEADER = 5;

    /** A version, a kind of compression, and the schema's UUID, as the clients of AWS Glue write it. */
    private static final int GLUE_HEADER = 18;

    private static final byte GLUE_VERSION = 3;

    /** Empty if the bytes are not UTF-8. */
    public static Optional<JsonText> of(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(value)) {
            return Optional.empty();
        }
        int until = value.length;
        while (until > 0 && value[until - 1] == 0) {
            until--;
        }
        return Optional.of(new JsonText(ByteBuffer.wrap(value), text, Math.min(until, begin(value)), until));
    }

    private static int begin(byte[] value) {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (value.length <= i || value[i] != BYTE_ORDER_MARK[i]) {
                return 0;
            }
        }
        return BYTE_ORDER_MARK.length;
    }

    private static boolean isUtf8(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** How many bytes before a JSON object are the header of a schema registry; 0 if there is none. */
    public static int registryHeader(byte[] value) {
        if (value[0] == 0 && beginsObject(value, CONFLUENT_HEADER)) {
            return CONFLUENT_HEADER;
        }
        return value[0] == GLUE_VERSION && beginsObject(value, GLUE_HEADER) ? GLUE_HEADER : 0;
    }

    private static boolean beginsObject(byte[] value, int at) {
        return value.length > at && value[at] == '{';
    }

    /** The JSON alone. */
    public String json() {
        return text.substring(from == 0 ? 0 : 1, text.length() - (bytes.limit() - until));
    }

    /** Whether a parser would take the bytes for an object in UTF-8. */
    public boolean isPlainObject() {
        // From a zero among the first bytes the parser would conclude that they are UTF-16 or UTF-32.
        for (int i = from + 1; i < Math.min(until, from + 4); i++) {
            if (bytes.get(i) == 0) {
                return false;
            }
        }
        return from < until && bytes.get(from) == '{';
    }
}
