package io.tributary.operations.cli;

import io.tributary.config.DataCenter;
import io.tributary.error.InvalidInputException;
import io.tributary.operations.datacenter.DataCentersFile;
import io.tributary.operations.datacenter.FileCheck;
import io.tributary.operations.datacenter.check.CheckReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary dc check}. */
@Command(
        name = "check",
        description = "Dials a data center as the stream will: brokers, login, topics, permissions, retention against"
                + " backlog, and a sample of records through the pipeline's own decoder. It changes nothing.",
        footer = {
            "%nExamples:",
            "  tributary dc check fra1",
            "  tributary dc check lon1 --brokers kafka1:9092,kafka2:9092 --topics events",
            "  tributary dc check --file new.yaml --in-force s3://bucket/config/data-centers.yaml",
            "  tributary dc check --file new.yaml --offline"
        })
final class DataCenterCheckCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The data center. Absent: all that are read.")
    private Optional<String> name = Optional.empty();

    @ArgGroup(exclusive = false, heading = "%nOne that is not in the file yet:%n")
    private NewDataCenterOptions added;

    @Option(names = "--file", paramLabel = "FILE|URI", description = "Try this file instead of the one in force.")
    private Optional<String> tried = Optional.empty();

    @Option(
            names = "--in-force",
            paramLabel = "FILE|URI",
            description = "With --file: the file that is in force now; says what the new one would change.")
    private Optional<String> inForce = Optional.empty();

    @Option(names = "--offline", description = "With --file: read it as the stream does, and dial nobody.")
    private boolean offline;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private CheckOptions options;

    DataCenterCheckCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<DataCenter> all = all();
        if (offline) {
            return ExitCode.FINE;
        }
        List<DataCenter> wanted = all.stream()
                .filter(center -> name.map(center.name()::equals)
                        .orElseGet(() -> center.isReadAt(environment.clock().instant())))
                .toList();
        if (name.isPresent() && wanted.isEmpty()) {
            throw new InvalidInputException("There is no data center " + name.get() + " in the file; it has "
                    + all.stream().map(DataCenter::name).toList() + ".");
        }
        CheckReport report = options.check(environment, file.secrets(environment), wanted, all);
        if (json) {
            environment.out().println(report.toJson().toPrettyString());
        } else {
            environment.out().print(report.text());
            environment.out().println(next(report));
        }
        return report.failures() == 0 ? ExitCode.FINE : ExitCode.INPUT_MUST_BE_CORRECTED;
    }

    private List<DataCenter> all() {
        if (added == null) {
            return tried.isPresent()
                    ? read(tried.get())
                    : file.file(environment).read().all();
        }
        String newcomer = name.orElseThrow(() -> new InvalidInputException(
                "Which data center has these brokers? Name it: tributary dc check NAME --brokers …"));
        DataCentersFile inForce = file.file(environment);
        return inForce.allAfter(inForce.add(added.entry(newcomer))).all();
    }

    private List<DataCenter> read(String uri) {
        FileCheck.Tried read = new FileCheck(environment.hadoop(), file.access()).of(uri, options.config(), inForce);
        read.words().forEach(json ? environment.err()::println : environment.out()::println);
        return read.dataCenters().all();
    }

    private String next(CheckReport report) {
        if (report.failures() > 0) {
            return report.failures() + " failed; next: do what their lines say, then the same command";
        }
        if (tried.isPresent()) {
            return "next: put the file in the place of the one in force";
        }
        if (added != null) {
            return "to add it: dc add " + name.orElseThrow() + " with the same options, and --because";
        }
        return "next: " + name.map(one -> "tributary dc explain " + one).orElse("tributary dc list");
    }
}
