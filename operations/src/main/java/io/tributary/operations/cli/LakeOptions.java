package io.tributary.operations.cli;

import io.tributary.config.PipelineConfig;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options that name a lake; most commands mix them in. */
public final class LakeOptions {

    @Option(
            names = "--lake",
            paramLabel = "URI",
            description = "The lake, for example s3://bucket/lake or /data/lake. Absent: tables.location of --config.")
    private Optional<String> lake = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE|URI",
            description = "The pipeline configuration, if it names tables, or the scope of identity, otherwise than by"
                    + " default.")
    private Optional<String> config = Optional.empty();

    /** The configuration in force: the file's, else the defaults. */
    public PipelineConfig pipelineConfig(Configuration hadoop) {
        HadoopFiles files = new HadoopFiles(hadoop);
        return config.map(file -> PipelineConfig.parse(files.read(file), file)).orElseGet(PipelineConfig::defaults);
    }

    /** @throws io.tributary.error.InvalidInputException if neither option names a lake */
    public Lake lake(Configuration hadoop) {
        return Lake.of(lake, pipelineConfig(hadoop));
    }

    /** The options as the arguments of a tool that reads them itself. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        lake.ifPresent(uri -> arguments.addAll(List.of("--lake", uri)));
        config.ifPresent(file -> arguments.addAll(List.of("--config", file)));
        return arguments;
    }
}
