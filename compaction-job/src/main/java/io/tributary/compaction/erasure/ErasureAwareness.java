package io.tributary.compaction.erasure;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.erasure.ErasurePass;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What those who write to a table know of an erasure. Each commit knows at least as many erasures as the one before it, so the
 * newest that does not know this one is the last.
 *
 * @param allKnow whether the newest commit knows it, so that none that does not can come any more
 * @param unaware version of the newest commit that does not know it, or that put the table back; -1 if there is none
 * @param unawareAt of a batch, its {@code committedAt}; 0 otherwise
 */
record ErasureAwareness(boolean allKnow, long unaware, long unawareAt) {

    /**
     * Reads the log back from its newest version.
     *
     * @param searched the version at which the table was last searched; -1 if it was not
     * @param known the newest erasure that a commit knows; negative for a commit that adds no events
     */
    static ErasureAwareness of(
            CommitLog log, long newest, long searched, long erasure, ToLongFunction<CommitMetadata> known) {
        boolean newestKnows = false;
        for (long version = newest; version >= 0; version--) {
            Optional<Commit> commit = log.commit(version);
            if (commit.isEmpty()) {
                break; // Expired.
            }
            if (commit.get().isRestore() && version > searched) {
                return new ErasureAwareness(newestKnows, version, 0);
            }
            long own = commit.get().metadata().map(known::applyAsLong).orElse(-1L);
            if (own >= 0 && own < erasure) {
                long at =
                        commit.get().metadata().orElseThrow() instanceof BatchMetadata batch ? batch.committedAt() : 0;
                return new ErasureAwareness(newestKnows, version, at);
            }
            newestKnows |= own >= 0;
        }
        return new ErasureAwareness(newestKnows, -1, 0);
    }

    /** Whether a search has seen all that those may have written who did not know. */
    boolean areCoveredBy(ErasurePass pass) {
        return pass.version() >= unaware && pass.watermark() >= unawareAt;
    }

    /**
     * Whether another search would find nothing.
     *
     * @param watermark the merge watermark now, up to which it would look
     */
    boolean leaveNothingNewTo(ErasurePass pass, long watermark) {
        return areCoveredBy(pass) || (pass.version() >= unaware && pass.watermark() >= watermark);
    }
}
