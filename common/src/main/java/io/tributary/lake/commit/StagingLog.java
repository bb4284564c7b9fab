package io.tributary.lake.commit;

import io.tributary.error.OperatorActionException;
import java.util.Optional;
import java.util.OptionalLong;

/** The newest batch metadata in the staging table's log, followed commit by commit. */
public final class StagingLog {

    private final CommitLog log;
    private long version;
    private Optional<BatchMetadata> newest;

    /** @throws OperatorActionException if the newest batch's rows were taken out by a RESTORE */
    public StagingLog(CommitLog log) {
        this.log = log;
        this.version = log.newestVersion();
        Optional<CommitLog.Newest<BatchMetadata>> found = log.requireNewest(BatchMetadata.class, version);
        this.newest = found.map(CommitLog.Newest::metadata);
        if (found.filter(CommitLog.Newest::isRestored).isPresent()) {
            requireStanding();
        }
    }

    /**
     * The metadata of the newest batch that the lake holds, whoever wrote it; empty before the first.
     *
     * @throws OperatorActionException if its rows were taken out by a RESTORE
     */
    public Optional<BatchMetadata> newest() {
        boolean isRestored = false;
        for (Commit commit : log.after(version)) {
            version = commit.version();
            isRestored |= commit.isRestore();
            Optional<CommitMetadata> metadata = commit.metadata();
            if (metadata.isPresent() && metadata.get() instanceof BatchMetadata batch) {
                newest = Optional.of(batch);
            }
        }
        if (isRestored) {
            requireStanding();
        }
        return newest;
    }

    /** The version of the table up to which the log was followed. */
    public long version() {
        return version;
    }

    /** The offsets of batches whose rows are gone would count as read, and nobody would read them again. */
    private void requireStanding() {
        OptionalLong notRestored = log.newestNotRestored(version);
        Optional<CommitMetadata> held = notRestored.isPresent() && notRestored.getAsLong() >= 0
                ? log.commit(notRestored.getAsLong()).flatMap(Commit::metadata)
                : Optional.empty();
        boolean isWhole =
                newest.isEmpty() ? notRestored.isPresent() : held.equals(Optional.<CommitMetadata>of(newest.get()));
        if (!isWhole) {
            throw new OperatorActionException("The staging table was put back by a RESTORE to before its newest batch,"
                    + " number " + newest.map(BatchMetadata::sequence).orElse(0L)
                    + ". The offsets of the batches that are gone count as read, so their events would be missing."
                    + " RESTORE the table to the version before that RESTORE, by its number, and start again.");
        }
    }
}
