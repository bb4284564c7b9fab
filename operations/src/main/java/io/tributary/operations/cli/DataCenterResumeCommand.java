package io.tributary.operations.cli;

import io.tributary.config.AcceptedRejects;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.operations.datacenter.ToldByStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tributary dc resume}. */
@Command(
        name = "resume",
        description = "Reads a data center again, from where it was: one that is paused, or that the breaker has halted"
                + " because most of its records were rejected. For the latter the lake has to be named.",
        footer = {
            "%nExamples:",
            "  tributary dc resume fra1 --because \"the brokers are upgraded\"",
            "  tributary dc resume fra1 --lake s3://bucket/lake --because \"the producers are mended\""
        })
final class DataCenterResumeCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private EditOptions edit;

    DataCenterResumeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return edit.carryOut(
                environment,
                file,
                Action.RESUME,
                file.file(environment).resume(name, trip()),
                "tributary dc explain " + name);
    }

    private Optional<AcceptedRejects> trip() {
        return lake.named(environment)
                .flatMap(place -> ToldByStream.of(name, place, environment.hadoop()))
                .flatMap(DataCenterStatus::trip);
    }
}
