package io.tributary.compaction.compact;

/** How a compaction ended. */
public sealed interface CompactionOutcome {

    /** All that was planned is done. */
    record Compacted(int partitions) implements CompactionOutcome {
        @Override
        public String words() {
            return "compacted partitions=" + partitions;
        }
    }

    /** Another writer was in the way; the next run does what is left. */
    record PutOff(int partitions, String why) implements CompactionOutcome {
        @Override
        public String words() {
            return "compacted partitions=" + partitions + ", the rest is put off: " + why;
        }
    }

    /** The outcome for a log line. */
    String words();
}
