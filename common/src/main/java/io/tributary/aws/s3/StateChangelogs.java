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
 * Compares what two attempts at a batch wrote into the state. A shuffle hands rows over in any order, so the same changes
 * may lie in another order; what counts is what they leave behind.
 *
 * <p>A changelog is compressed, and holds a length and a key, a length and a value, again and again; a length of -1 in the
 * place of a value says that the key goes, and in the place of a key that the changelog ends.
 */
final class StateChangelogs {

    private static final String CODEC = "spark.sql.streaming.stateStore.compression.codec";
    private static final String DEFAULT_CODEC = "lz4";

    private final Configuration hadoop;

    StateChangelogs(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * @param there the changelog that lies there; closed in the end
     * @throws StateConflictException if the two do not say the same, or it cannot be told
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

    /** What is left of each key; empty where it goes. */
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
