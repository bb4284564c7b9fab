package io.tributary.operations.cli;

import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.operations.datacenter.check.CheckReport;
import io.tributary.operations.datacenter.check.ClusterCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How clusters are dialed. */
public final class CheckOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE|URI",
            defaultValue = "${env:TRIBUTARY_CONFIG}",
            description = "The pipeline configuration, by which records are decoded. Absent: the environment's"
                    + " TRIBUTARY_CONFIG, else the defaults.")
    private Optional<String> config = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationOption.Positive.class,
            description = "How long a data center may take for all (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many of the newest records to decode at most (default: ${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Records a second at which it is read, for the time to catch up. Absent: what the trigger of the"
                            + " pipeline configuration allows.")
    private Optional<Long> rate = Optional.empty();

    Optional<String> config() {
        return config;
    }

    PipelineConfig pipelineConfig(Environment environment) {
        return environment.pipelineConfig(config);
    }

    Duration timeout() {
        return timeout;
    }

    /** @param others all entries of the data-centers file */
    CheckReport check(Environment environment, Secrets secrets, List<DataCenter> centers, List<DataCenter> others) {
        PipelineConfig pipeline = pipelineConfig(environment);
        long atMost = pipeline.trigger().maxRecordsPerDataCenter()
                * 1000
                / pipeline.trigger().interval().toMillis();
        ClusterCheck check = new ClusterCheck(secrets, pipeline, environment.clock(), timeout(), others);
        return CheckReport.of(centers, center -> check.results(center, sample, rate.orElse(atMost)));
    }
}
