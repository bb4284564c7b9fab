package io.tributary.operations.cli;

import io.tributary.config.DataCenter;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.offsets.ReadProgress;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.DataCentersFile;
import io.tributary.operations.datacenter.PlannedEdit;
import io.tributary.operations.datacenter.Removal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary dc remove}. */
@Command(
        name = "remove",
        description = "Takes a drained data center out of the file. Its events and its offsets stay in the lake.",
        footer = {"%nExample:", "  tributary dc remove nyc1 --because \"the site is closed\""})
final class DataCenterRemoveCommand implements Callable<Integer> {

    private static final int INPUT = 2;
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

    @Option(names = "--force", description = "Remove it although it is not drained. What was not read stays unread.")
    private boolean force;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private EditOptions edit;

    DataCenterRemoveCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        edit.requireReason(Action.REMOVE);
        DataCentersFile inForce = file.file(environment);
        DataCenter center = inForce.read(name);
        PlannedEdit removed = inForce.remove(name);
        Removal removal = new Removal(name, file.history(environment).read());
        Optional<String> objection = removal.objection();
        if (objection.isEmpty()) {
            objection = removal.objection(
                    ClusterAnswer.of(center, file.secrets(environment), ReadProgress.EMPTY, ASK_TIMEOUT));
        }
        PrintStream talk = edit.talk(environment);
        if (objection.isPresent() && !force) {
            talk.println(name + " is not removed: " + objection.get());
            talk.println("to remove it all the same: the same with --force");
            talk.println("next: tributary dc drain " + name + " --because '…'");
            return INPUT;
        }
        objection.ifPresent(words -> talk.println("removed by force: " + words));
        return edit.carryOut(environment, file, Action.REMOVE, removed, objection, "tributary dc list");
    }
}
