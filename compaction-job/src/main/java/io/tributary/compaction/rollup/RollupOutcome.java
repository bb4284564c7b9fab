package io.tributary.compaction.rollup;

import io.tributary.lake.commit.RollupMetadata;

/** How the update of one rollup ended that did not fail. */
public sealed interface RollupOutcome {

    /** It holds all that the merged table held. */
    record Updated(String rollup, RollupMetadata metadata, String how) implements RollupOutcome {
        @Override
        public String describe() {
            return "rollup=" + rollup + " merge=" + metadata.merge() + " merged_version=" + metadata.mergedVersion()
                    + " " + how;
        }
    }

    /** Nothing was merged since its last update. */
    record UpToDate(String rollup) implements RollupOutcome {
        @Override
        public String describe() {
            return "rollup=" + rollup + " nothing new";
        }
    }

    /** Another run committed first; nothing of this one remains, and nothing is lost. */
    record CommitConflict(String rollup) implements RollupOutcome {
        @Override
        public String describe() {
            return "rollup=" + rollup + " another run was first; this one leaves nothing";
        }
    }

    /** The outcome for a log line. */
    String describe();
}
