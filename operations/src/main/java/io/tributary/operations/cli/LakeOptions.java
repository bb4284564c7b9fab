package io.tributary.operations.cli;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.schema.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a lake; most commands mix them in. */
public final class LakeOptions {

    @Option(
            names = "--lake",
            paramLabel = "URI",
            defaultValue = "${env:TRIBUTARY_LAKE}",
            description = "The lake, for example s3://bucket/lake or /data/lake. Absent: the environment's"
                    + " TRIBUTARY_LAKE, else tables.location of --config.")
    private Optional<String> lake = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE|URI",
            defaultValue = "${env:TRIBUTARY_CONFIG}",
            description = "The pipeline configuration, if it names tables, or the scope of identity, otherwise than by"
                    + " default. Absent: the environment's TRIBUTARY_CONFIG.")
    private Optional<String> config = Optional.empty();

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = "A deployed stage, a folder of cdk/stages, instead of --lake and --config. scripts/tributary"
                    + " finds them.")
    private Optional<String> stage = Optional.empty();

    /** The configuration in force: the file's, else the defaults. */
    public PipelineConfig pipelineConfig(Environment environment) {
        return environment.pipelineConfig(config);
    }

    private void requireResolvedStage() {
        stage.ifPresent(name -> {
            throw new InvalidInputException("--stage " + name + " is known to scripts/tributary alone. Start that, or"
                    + " name --lake and --config.");
        });
    }

    /** @throws InvalidInputException if nothing names a lake */
    public Lake lake(Environment environment) {
        return named(environment)
                .orElseThrow(
                        () -> new InvalidInputException("Which lake? Name it with --lake, such as s3://bucket/lake or"
                                + " /data/lake, with --stage NAME, with the environment's TRIBUTARY_LAKE, or by tables.location in the"
                                + " file of --config."));
    }

    /** The lake, if one is named. */
    Optional<Lake> named(Environment environment) {
        requireResolvedStage();
        PipelineConfig config = pipelineConfig(environment);
        return lake.isPresent() || config.tables().location().isPresent()
                ? Optional.of(reachable(environment, Lake.of(lake, config)))
                : Optional.empty();
    }

    private static Lake reachable(Environment environment, Lake lake) {
        environment.reachable(lake.root());
        return lake;
    }

    /** The options as the arguments of a tool that reads them itself. */
    List<String> arguments(Environment environment) {
        named(environment);
        List<String> arguments = new ArrayList<>();
        lake.ifPresent(uri -> arguments.addAll(List.of("--lake", uri)));
        config.ifPresent(file -> arguments.addAll(List.of("--config", file)));
        return arguments;
    }
}
