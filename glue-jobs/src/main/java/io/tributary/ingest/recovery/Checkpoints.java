package io.tributary.ingest.recovery;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.runtime.HadoopFiles;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with the checkpoints and the files beside them.
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

    /** URI of the folder with the last known options of each data center. */
    public String dataCenters() {
        return folder + "/data-centers";
    }

    /** URI of the file about orphaned quarantine commits: rejected records whose batch was never committed. */
    public String quarantineOrphans() {
        return folder + "/quarantine-orphans.json";
    }

    /** URI of the file about data centers that are halted because most of their records were rejected. */
    public String breaker() {
        return folder + "/breaker.json";
    }

    /** A checkpoint cannot be continued if it lost its offsets or its state, or if it was abandoned. */
    boolean isWhole(BatchMetadata last) {
        String checkpoint = checkpoint(last.checkpoint());
        return files.exists(checkpoint + "/metadata")
                && files.exists(checkpoint + "/offsets/" + last.batch())
                && files.exists(checkpoint + "/state")
                && !files.exists(checkpoint + GIVEN_UP);
    }

    /**
     * Records where a new checkpoint begins, once, before its first batch.
     *
     * @return what is recorded, possibly by another driver
     */
    public CheckpointStart begin(String name, CheckpointStart beginning) {
        String file = checkpoint(name) + BEGINNING;
        return files.createIfAbsent(file, beginning.toText()) ? beginning : CheckpointStart.parse(files.readOwn(file));
    }

    /** Where the checkpoint of the newest batch begins; empty if it cannot be continued. */
    public Optional<CheckpointStart> beginningOf(BatchMetadata last) {
        if (!isWhole(last)) {
            return Optional.empty();
        }
        String checkpoint = checkpoint(last.checkpoint());
        if (files.exists(checkpoint + BEGINNING)) {
            return parse(checkpoint + BEGINNING);
        }
        // Spark needs it only until it has recorded the first batch.
        boolean isAskedFor = last.batch() == 0 && !files.exists(checkpoint + "/commits/0");
        return isAskedFor ? Optional.empty() : Optional.of(new CheckpointStart(last.readProgress(), last.plannedAt()));
    }

    private Optional<CheckpointStart> parse(String file) {
        try {
            return Optional.of(CheckpointStart.parse(files.readOwn(file)));
        } catch (IllegalArgumentException e) {
            LOG.warn("ingest: {} is damaged, so its checkpoint is not continued: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Abandons a checkpoint: the next start begins a new one where the lake's log ends.
     *
     * @return false if it was abandoned before
     */
    boolean giveUp(String name, String why) {
        return files.createIfAbsent(checkpoint(name) + GIVEN_UP, why);
    }
}
