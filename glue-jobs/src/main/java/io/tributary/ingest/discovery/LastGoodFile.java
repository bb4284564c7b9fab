package io.tributary.ingest.discovery;

import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.runtime.HadoopFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data-centers file as it was when it could be used last, kept beside the checkpoint, so that a mistake in the file
 * does not stop a start either. It is the file's own text below a line with its checksum: what was written in part by a
 * driver that died counts as nothing.
 */
public final class LastGoodFile {

    private static final Logger LOG = LoggerFactory.getLogger(LastGoodFile.class);
    private static final String HEADER = "# The data-centers file that was in force last, kept by the stream. SHA-256 ";

    private final String uri;
    private final HadoopFiles files;
    private Optional<String> kept = Optional.empty();

    /** @param folder URI of the folder that keeps the last known options of each data center */
    public LastGoodFile(String folder, HadoopFiles files) {
        // No data center has a name that begins so.
        this.uri = folder + "/_in-force.yaml";
        this.files = files;
    }

    /** The text; nothing if there is none, or none that is whole. */
    Optional<String> read() {
        try {
            return files.exists(uri) ? whole(files.read(uri)) : Optional.empty();
        } catch (InvalidInputException | OperatorActionException e) {
            LOG.warn("ingest[data-centers={}]: the last good file cannot be read: {}", uri, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> whole(String content) {
        int end = content.indexOf('\n');
        String text = content.substring(end + 1);
        if (!content.substring(0, Math.max(0, end)).equals(HEADER + checksum(text))) {
            LOG.warn("ingest[data-centers={}]: the last good file is not whole and counts as none", uri);
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Keeps the text, if it is not kept already; if that fails, it is tried again with the next call. */
    void keep(String text) {
        if (kept.filter(text::equals).isPresent()) {
            return;
        }
        try {
            files.write(uri, HEADER + checksum(text) + "\n" + text);
            kept = Optional.of(text);
        } catch (OperatorActionException e) {
            LOG.warn(
                    "ingest[data-centers={}]: a start could not fall back on this file, since it cannot be kept: {}",
                    uri,
                    e.getMessage());
        }
    }

    private static String checksum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return uri;
    }
}
