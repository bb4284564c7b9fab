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
 * The last good data-centers file, saved beside the checkpoint, so that a mistake in the file does not prevent a start.
 * It holds the text of that file below a line with its checksum. A copy that was written only in part, because the
 * driver died, fails the checksum and is ignored.
 */
public final class LastGoodFile {

    private static final Logger LOG = LoggerFactory.getLogger(LastGoodFile.class);
    private static final String HEADER = "# The data-centers file that was in force last, kept by the stream. SHA-256 ";

    private final String uri;
    private final HadoopFiles files;
    private Optional<String> kept = Optional.empty();

    /** @param folder URI of the folder that keeps the last known options of each data center */
    public LastGoodFile(String folder, HadoopFiles files) {
        // No data center's name begins with an underscore.
        this.uri = folder + "/_in-force.yaml";
        this.files = files;
    }

    /** The text; empty if there is no copy, or only an incomplete one. */
    Optional<String> read() {
        try {
            return files.exists(uri) ? whole(files.readOwn(uri)) : Optional.empty();
        } catch (InvalidInputException | OperatorActionException e) {
            LOG.warn("ingest[data-centers={}]: the last good file cannot be read: {}", uri, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> whole(String content) {
        int end = content.indexOf('\n');
        String text = content.substring(end + 1);
        if (!content.substring(0, Math.max(0, end)).equals(HEADER + checksum(text))) {
            LOG.warn("ingest[data-centers={}]: the last good file is incomplete and is ignored", uri);
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Saves the text, unless it is saved already. If that fails, the next call tries again. */
    void keep(String text) {
        if (kept.filter(text::equals).isPresent()) {
            return;
        }
        try {
            files.write(uri, HEADER + checksum(text) + "\n" + text);
            kept = Optional.of(text);
        } catch (OperatorActionException e) {
            LOG.warn(
                    "ingest[data-centers={}]: the last good file cannot be saved, so a restart could not fall back on it: {}",
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
