package io.tributary.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.io.CompressionCodec;
import org.apache.spark.io.CompressionCodec$;

/**
 * Compares the state changelogs of two attempts at a batch. A shuffle delivers rows in any order, so the same changes
 * may be in another order. Only their result counts.
 *
 * <p>A changelog is compressed. It holds key length, key, value length and value again and again. A value length of -1
 * deletes the key; a key length of -1 ends the changelog.
 */
final class StateChangelogs {

    private static final String CODEC = "spark.sql.streaming.stateStore.compression.codec";
    private static final String DEFAULT_CODEC = "lz4";

    private final Configuration hadoop;

    StateChangelogs(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * @param there the existing changelog; closed at the end
     * @throws StateConflictException if the two differ, or cannot be compared
     */
    void requireSame(Path path, InputStream there, byte[] ours) throws IOException {
        byte[] theirs;
        try (there) {
            theirs = there.readAllBytes();
        }
        if (!Arrays.equals(theirs, ours) && !changes(theirs, path).equals(changes(ours, path))) {
            throw new StateConflictException(path.toString());
        }
    }

    /** The final value of each key; empty if it is deleted. */
    private Map<ByteBuffer, Optional<ByteBuffer>> changes(byte[] changelog, Path path) throws IOException {
        Map<ByteBuffer, Optional<ByteBuffer>> changes = new HashMap<>();
        try (DataInputStream in =
                new DataInputStream(codec().compressedInputStream(new ByteArrayInputStream(changelog)))) {
            for (int keyLength = in.readInt(); keyLength >= 0; keyLength = in.readInt()) {
                ByteBuffer key = read(in, keyLength);
                int valueLength = in.readInt();
                changes.put(key, valueLength < 0 ? Optional.empty() : Optional.of(read(in, valueLength)));
            }
            return changes;
        } catch (IOException | RuntimeException e) {
            StateConflictException conflict = new StateConflictException(path.toString());
            conflict.initCause(e);
            throw conflict;
        }
    }

    private static ByteBuffer read(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the changelog ends amidst a record");
        }
        return ByteBuffer.wrap(bytes);
    }

    private CompressionCodec codec() {
        SparkConf conf = Optional.ofNullable(SparkEnv.get()).map(SparkEnv::conf).orElseGet(SparkConf::new);
        return CompressionCodec$.MODULE$.createCodec(conf, hadoop.get(CODEC, DEFAULT_CODEC));
    }
}
