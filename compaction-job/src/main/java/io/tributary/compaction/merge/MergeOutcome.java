package io.tributary.compaction.merge;

import io.tributary.lake.commit.MergeMetadata;

/** How a merge ended. */
public sealed interface MergeOutcome {

    /** The rows are in the merged table, with the merge watermark. */
    record Merged(MergeMetadata metadata) implements MergeOutcome {
        @Override
        public String describe() {
            MergeMetadata.Merged total = metadata.total();
            return "merge=" + metadata.merge() + " staged=" + total.staged() + " duplicates=" + total.duplicates()
                    + " merged="
                    + total.merged() + " conflicts=" + total.conflicts() + " dates="
                    + metadata.mergedByDate().size() + " staging_version="
                    + metadata.stagingVersion();
        }
    }

    /** Staging holds nothing above the merge watermark. */
    record NoNewData() implements MergeOutcome {
        @Override
        public String describe() {
            return "nothing new";
        }
    }

    /** Another merge committed first; nothing of this one remains, and nothing is lost. */
    record CommitConflict() implements MergeOutcome {
        @Override
        public String describe() {
            return "another merge was first; this one leaves nothing";
        }
    }

    /** The outcome for a log line. */
    String describe();
}
