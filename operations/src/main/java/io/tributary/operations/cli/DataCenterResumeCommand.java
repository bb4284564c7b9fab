package io.tributary.operations.cli;

import io.tributary.operations.datacenter.RecordedChange.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tributary dc resume}. */
@Command(
        name = "resume",
        description = "Reads a paused data center again, from where it was.",
        footer = {"%nExample:", "  tributary dc resume fra1 --because \"the brokers are upgraded\""})
final class DataCenterResumeCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

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
                environment, file, Action.RESUME, file.file(environment).resume(name), "tributary dc check " + name);
    }
}
