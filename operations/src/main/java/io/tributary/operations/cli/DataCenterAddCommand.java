package io.tributary.operations.cli;

import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.operations.datacenter.DataCentersFile;
import io.tributary.operations.datacenter.PlannedEdit;
import io.tributary.operations.datacenter.check.CheckReport;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary dc add}. */
@Command(
        name = "add",
        description = "Adds a data center, after a check of its cluster. Everything else goes on meanwhile.",
        footer = {
            "%nExample:",
            "  tributary dc add lon1 --brokers kafka1:9092,kafka2:9092 --topics events --start earliest \\",
            "    --kafka security.protocol=SASL_SSL --kafka sasl.mechanism=SCRAM-SHA-512 \\",
            "    --kafka 'sasl.jaas.config=$${secret:kafka/prod/lon1#jaas}'"
        })
final class DataCenterAddCommand implements Callable<Integer> {

    private static final int INPUT = 2;

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The new data center.")
    private String name;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private NewDataCenterOptions added;

    @Option(names = "--force", description = "Add it although the check fails. It is isolated until it works.")
    private boolean force;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private CheckOptions check;

    @Mixin
    private EditOptions edit;

    DataCenterAddCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        DataCentersFile inForce = file.file(environment);
        PlannedEdit planned = inForce.add(added.entry(name));
        PrintStream talk = edit.talk(environment);
        CheckReport report = check.check(
                environment,
                file.secrets(environment),
                List.of(inForce.after(planned)),
                inForce.allAfter(planned).all());
        talk.print(report.text());
        if (report.failures() > 0 && !force) {
            talk.println(name + " is not added, because " + report.failures()
                    + " of these failed; next: do what their lines say, or add it all the same with --force");
            return INPUT;
        }
        return edit.carryOut(environment, file, Action.ADD, planned, report.failed(), "tributary dc explain " + name);
    }
}
