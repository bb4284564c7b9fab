package io.tributary.operations.cli;

import io.tributary.audit.DataCenterBalance;
import io.tributary.config.DataCenter;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.offsets.ReadProgress;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.drain.Drain;
import io.tributary.operations.datacenter.drain.DrainCertificate;
import io.tributary.operations.datacenter.drain.DrainGoal;
import io.tributary.operations.datacenter.drain.EventTimes;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary dc drain}. */
@Command(
        name = "drain",
        description = "Waits until everything that a data center has now is read, merged and audited, and prints a"
                + " certificate. Stop its producers first. It changes nothing, and may be stopped and repeated.",
        footer = {
            "%nExample:",
            "  tributary dc drain nyc1 --lake s3://bucket/lake --because \"the site is closed\" --json nyc1.json"
        })
final class DataCenterDrainCommand implements Callable<Integer> {

    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2h",
            converter = DurationOption.Positive.class,
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the certificate as JSON too.")
    private Optional<Path> json = Optional.empty();

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private AuthorOptions author;

    DataCenterDrainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        author.requireReason(Action.DRAIN);
        DataCenter center = file.file(environment).read(name);
        Instant asked = environment.clock().instant();
        if (!center.isReadAt(asked)) {
            throw new InvalidInputException("Data center " + name
                    + " is paused, so nothing more of it is read. First: tributary dc resume " + name);
        }
        Lake place = lake.lake(environment);
        Drain drain = new Drain(
                place,
                environment.hadoop(),
                environment.clock(),
                duration -> Thread.sleep(duration.toMillis()),
                environment.err()::println);
        DrainGoal goal = goal(center, drain.read());
        DataCenterBalance account = drain.await(goal, timeout);
        DrainCertificate certificate = new DrainCertificate(
                place.root(),
                goal,
                asked,
                environment.clock().instant(),
                account,
                EventTimes.of(place, account.versions().get(2).last(), name));
        environment.out().print(certificate.text());
        json.ifPresent(target -> write(target, certificate));
        file.history(environment)
                .add(author.record(
                        environment,
                        Action.DRAIN,
                        name,
                        List.of(),
                        Optional.of(new RecordedChange.Drained(goal.until(), certificate.digest())),
                        Optional.empty()));
        environment.out().println(next(name, goal.beyond(drain.read().positions())));
        return 0;
    }

    /**
     * What to do after a drain.
     *
     * @param beyond offsets that were read since and that the certificate does not cover
     */
    static String next(String name, long beyond) {
        return beyond == 0
                ? "next: tributary dc remove " + name + " --because '…'"
                : String.format(
                        Locale.ROOT,
                        "%,d offsets were read since, which this does not certify: its producers still send. Stop them first%n"
                                + "next: tributary dc drain %s --because '…'",
                        beyond,
                        name);
    }

    private DrainGoal goal(DataCenter center, ReadProgress read) throws InterruptedException {
        ClusterAnswer answer = ClusterAnswer.of(center, file.secrets(environment), read, ASK_TIMEOUT);
        OffsetBounds bounds = answer.bounds()
                .orElseThrow(() -> new OperatorActionException("Data center " + name
                        + " does not answer, so nobody knows up to where it has to be read: " + answer.cause()
                        + ". Run tributary dc explain " + name + "."));
        if (!bounds.unavailable().isEmpty()) {
            throw new OperatorActionException(
                    "Not all of data center " + name + " tells up to where it has to be read: "
                            + bounds.unavailable().get(0).describe() + ".");
        }
        return DrainGoal.of(name, bounds, read);
    }

    private static void write(Path target, DrainCertificate certificate) {
        try {
            Files.writeString(target, certificate.json());
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The certificate cannot be written to " + target + ": " + e.getMessage()
                            + ". Name a file with --json that can be.",
                    e);
        }
    }
}
