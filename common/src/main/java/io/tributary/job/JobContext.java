package io.tributary.job;

import io.tributary.config.PipelineConfig;
import io.tributary.metrics.Metrics;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobRuntime;
import io.tributary.schema.Lake;

/** What a job knows before Spark is started: its arguments, the configuration that they name, and the lake. */
public record JobContext(JobArguments arguments, PipelineConfig config, Lake lake) {

    /** The work of a job. */
    @FunctionalInterface
    public interface Work {

        void run(JobRuntime runtime, Metrics metrics) throws Exception;
    }

    /** @throws io.tributary.error.InvalidInputException if the configuration cannot be used */
    public static JobContext read(JobArguments arguments) {
        PipelineConfig config = PipelineConfig.parse(
                new HadoopFiles(HadoopSettings.ofProcess()).read(arguments.config()), arguments.config());
        return new JobContext(arguments, config, Lake.of(arguments.lake(), config));
    }

    /**
     * Opens metrics and runtime, does the work, and tells the runtime if it is done.
     *
     * @param jobName what the job is called in logs and consoles, where nothing else names it
     */
    public void run(String jobName, Work work) throws Exception {
        try (Metrics metrics = arguments.metrics().open();
                JobRuntime runtime =
                        arguments.runtime().open(jobName, config.dedup().statePartitions())) {
            work.run(runtime, metrics);
            runtime.done();
        }
    }
}
