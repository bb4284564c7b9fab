package io.tributary.ingest.state;

import io.tributary.aws.s3.ConditionalCheckpointFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.hadoop.fs.Path;
import org.apache.spark.unsafe.Platform;

/**
 * The random key of a checkpoint's fingerprints. It lies in the checkpoint, so that all partitions and all later starts
 * use the same one, and so that no producer can know which identities would have the same fingerprint.
 */
record FingerprintKey(long first, long second) {

    private static final String FILE = "fingerprint-key";
    private static final int HEX_DIGITS = 2 * Long.BYTES * 2;
    private static final byte[] CHECKED = "io.tributary.ingest.state".getBytes(StandardCharsets.US_ASCII);

    /**
     * The key of a new state: of all partitions that begin at once, the first creates it.
     *
     * @param operator the folder of the operator's state, which holds the folders of its partitions
     */
    static FingerprintKey create(Path operator, ConditionalCheckpointFiles files) throws IOException {
        SecureRandom random = new SecureRandom();
        FingerprintKey created = new FingerprintKey(random.nextLong(), random.nextLong());
        return files.createIfAbsent(file(operator), created.toText().getBytes(StandardCharsets.US_ASCII))
                ? created
                : read(operator, files);
    }

    /** @throws UnreadableStateException if it is missing or damaged; another key would know none of the identities */
    static FingerprintKey read(Path operator, ConditionalCheckpointFiles files) throws IOException {
        Path file = file(operator);
        if (!files.exists(file)) {
            throw new UnreadableStateException(file + " is missing, the key of the state's fingerprints");
        }
        try (InputStream in = files.open(file)) {
            return parse(new String(in.readNBytes(HEX_DIGITS + 1), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new UnreadableStateException(file + " is damaged, the key of the state's fingerprints", e);
        }
    }

    private static Path file(Path operator) {
        return new Path(operator, FILE);
    }

    private static FingerprintKey parse(String text) {
        if (text.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("a key has " + HEX_DIGITS + " hexadecimal digits");
        }
        return new FingerprintKey(
                HexFormat.fromHexDigitsToLong(text, 0, HEX_DIGITS / 2),
                HexFormat.fromHexDigitsToLong(text, HEX_DIGITS / 2, HEX_DIGITS));
    }

    private String toText() {
        return HexFormat.of().toHexDigits(first) + HexFormat.of().toHexDigits(second);
    }

    SipHash128 hash() {
        return new SipHash128(first, second);
    }

    /** A number that every file of the state holds, so that a file under another key is recognized. */
    long check() {
        SipHash128 hash = hash();
        hash.hash(CHECKED, Platform.BYTE_ARRAY_OFFSET, CHECKED.length);
        return hash.first();
    }

    @Override
    public String toString() {
        return "FingerprintKey[secret]";
    }
}
