package io.tributary.operations.cli;

import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.operations.datacenter.PlannedEdit;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary dc pause}. */
@Command(
        name = "pause",
        description =
                "Stops reading a data center. It keeps its offsets; all others go on. Kafka's retention goes on as"
                        + " well: a pause that is longer than it loses records.",
        footer = {"%nExample:", "  tributary dc pause fra1 --until 2026-11-28T14:00:00Z --because \"broker upgrade\""})
final class DataCenterPauseCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

    @Option(
            names = "--until",
            paramLabel = "T",
            description =
                    "When it is read again by itself: an instant, a time of day in UTC such as 14:00, or a duration"
                            + " such as 4h. Absent: when somebody resumes it.")
    private Optional<String> until = Optional.empty();

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private EditOptions edit;

    DataCenterPauseCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        edit.requireReason(Action.PAUSE);
        Instant now = environment.clock().instant();
        PlannedEdit pause = file.file(environment).pause(name, until.map(text -> EndOfPause.parse(text, now)));
        return edit.carryOut(
                environment,
                file,
                Action.PAUSE,
                pause,
                "tributary dc " + (until.isPresent() ? "list" : "resume " + name));
    }
}
