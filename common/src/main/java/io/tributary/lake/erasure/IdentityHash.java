package io.tributary.lake.erasure;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * 128 bits that stand for the identity of an event: of the SHA-256 of the lake's salt and the identity. Whoever guesses an
 * identity and knows the salt can tell that it was erased; nobody can read it from the hash.
 */
public record IdentityHash(long high, long low) implements Serializable {

    /**
     * @param salt of the lake's erasures
     * @param identity as {@link io.tributary.config.DedupScope#identity} gives it
     */
    public static IdentityHash of(byte[] salt, String identity) {
        MessageDigest digest = sha256();
        digest.update(salt);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(identity.getBytes(StandardCharsets.UTF_8)));
        return new IdentityHash(hash.getLong(), hash.getLong());
    }

    /** @param text as {@link #text} gives it */
    static IdentityHash parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(text));
        return new IdentityHash(bytes.getLong(), bytes.getLong());
    }

    /** In 32 hexadecimal digits. */
    String text() {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(high)
                        .putLong(low)
                        .array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
