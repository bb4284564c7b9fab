package io.tributary.compaction.merge;

import io.tributary.lake.commit.MergeCommit;

/** How a merge ended. */
public sealed interface MergeOutcome {

    /** The rows are in the merged table, with the cursor. */
    record Merged(MergeCommit account) implements MergeOutcome {
        @Override
        public String words() {
            MergeCommit.Merged total = account.total();
            return "merge=" + account.merge() + " staged=" + total.staged() + " repeats=" + total.repeats() + " merged="
                    + total.merged() + " conflicts=" + total.conflicts() + " dates="
                    + account.mergedByDate().size() + " staging_version="
                    + account.stagingVersion();
        }
    }

    /** Staging holds nothing above the cursor. */
    record NothingNew() implements MergeOutcome {
        @Override
        public String words() {
            return "nothing new";
        }
    }

    /** Another merge committed first; nothing of this one remains, and nothing is lost. */
    record Overtaken() implements MergeOutcome {
        @Override
        public String words() {
            return "another merge was first; this one leaves nothing";
        }
    }

    /** The outcome for a log line. */
    String words();
}
