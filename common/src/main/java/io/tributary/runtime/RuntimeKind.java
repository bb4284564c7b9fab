package io.tributary.runtime;

/** Where a job runs; the value of the argument {@code --runtime}. */
public enum RuntimeKind {
    LOCAL {
        @Override
        public JobRuntime open(String jobName, int shufflePartitions) {
            return LocalRuntime.open(jobName, shufflePartitions);
        }
    };

    /**
     * Opens the runtime; the caller closes it.
     *
     * @param jobName what the job is called in logs and consoles
     * @param shufflePartitions partitions of every shuffle, and so of the streaming state
     */
    public abstract JobRuntime open(String jobName, int shufflePartitions);
}
