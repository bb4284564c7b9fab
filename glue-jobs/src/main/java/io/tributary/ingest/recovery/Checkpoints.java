package io.tributary.ingest.recovery;

import io.tributary.lake.commit.BatchCommit;
import io.tributary.runtime.HadoopFiles;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that checkpoints lie in, and what lies beside them.
 *
 * @param folder URI
 */
public record Checkpoints(String folder, HadoopFiles files) {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String GIVEN_UP = "/given-up";
    private static final String BEGINNING = "/beginning.json";

    /** URI of a checkpoint. */
    public String checkpoint(String name) {
        return folder + "/" + name;
    }

    /** URI of the folder that keeps the last known options of each data center. */
    public String dataCenters() {
        return folder + "/data-centers";
    }

    /** URI of the file that tells of refused records whose batch never came to be. */
    public String quarantineOrphans() {
        return folder + "/quarantine-orphans.json";
    }

    /** A checkpoint that lost its offsets or its state, or that was given up, cannot be gone on with. */
    boolean isWhole(BatchCommit last) {
        String checkpoint = checkpoint(last.checkpoint());
        return files.exists(checkpoint + "/metadata")
                && files.exists(checkpoint + "/offsets/" + last.batch())
                && files.exists(checkpoint + "/state")
                && !files.exists(checkpoint + GIVEN_UP);
    }

    /**
     * Writes down where a new checkpoint begins, once, before its first batch.
     *
     * @return what is written there, be it by another driver
     */
    public CheckpointStart begin(String name, CheckpointStart beginning) {
        String file = checkpoint(name) + BEGINNING;
        return files.createIfAbsent(file, beginning.toText()) ? beginning : CheckpointStart.parse(files.read(file));
    }

    /** Where the checkpoint of the newest batch begins; empty if it cannot be gone on with. */
    public Optional<CheckpointStart> beginningOf(BatchCommit last) {
        if (!isWhole(last)) {
            return Optional.empty();
        }
        String checkpoint = checkpoint(last.checkpoint());
        if (files.exists(checkpoint + BEGINNING)) {
            return parse(checkpoint + BEGINNING);
        }
        // Spark asks for it only while it has not noted the first batch.
        boolean isAskedFor = last.batch() == 0 && !files.exists(checkpoint + "/commits/0");
        return isAskedFor ? Optional.empty() : Optional.of(new CheckpointStart(last.readProgress(), last.plannedAt()));
    }

    private Optional<CheckpointStart> parse(String file) {
        try {
            return Optional.of(CheckpointStart.parse(files.read(file)));
        } catch (IllegalArgumentException e) {
            LOG.warn("ingest: {} is damaged, and its checkpoint is not gone on with: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Gives a checkpoint up: the next start begins a new one where the lake's log ends.
     *
     * @return false if it was given up before
     */
    boolean giveUp(String name, String why) {
        return files.createIfAbsent(checkpoint(name) + GIVEN_UP, why);
    }
}
