package io.tributary.operations.cli;

import io.tributary.cli.Suggestions;
import io.tributary.error.InvalidInputException;
import io.tributary.operations.status.DataCenterReport;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.operations.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary wait}: waits until everything that was sent up to a time is queryable. */
@Command(
        name = "wait",
        description = "Waits until everything that the data centers sent up to a time is queryable. For orchestrators:"
                + " exit code 0 when it holds, 3 at the timeout, with words which data center is behind.",
        footer = {
            "%nA data center that answers and sends nothing does not hold it up; one that does not answer, or is paused,"
                    + " does, unless others are named with --data-center.",
            "%nExamples:",
            "  tributary wait --lake s3://bucket/lake --through 2026-03-01T00:00:00Z --timeout 30m",
            "  tributary wait --stage prod --through 2026-03-01T00:00:00Z --merged --data-center fra1 --timeout 1h"
        })
final class WaitCommand implements Callable<Integer> {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Option(
            names = "--through",
            required = true,
            paramLabel = "TIME",
            description = "The time up to which everything that was sent has to be queryable, such as"
                    + " 2026-03-01T08:00:00Z, or now.")
    private String through;

    @Option(
            names = "--data-center",
            paramLabel = "NAME",
            description = "Wait for this data center; may be repeated. Absent: for all.")
    private List<String> dataCenters = List.of();

    @Option(
            names = "--merged",
            description =
                    "Wait until late events are in the view events as well. Absent: until they are in events_raw.")
    private boolean isMerged;

    @Option(
            names = "--timeout",
            required = true,
            paramLabel = "DURATION",
            converter = DurationOption.Any.class,
            description = "How long to wait at most: 90s, 10m, 1h; 0s looks once.")
    private Duration timeout;

    WaitCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Instant time = Optional.of(through)
                .filter("now"::equalsIgnoreCase)
                .map(text -> environment.clock().instant())
                .or(() -> Times.instant(through))
                .orElseThrow(() -> new InvalidInputException(
                        "--through " + through + " is no time; write one such as 2026-03-01T08:00:00Z, or now."));
        Instant end = environment.clock().instant().plus(timeout);
        LakeTailReader reader = new LakeTailReader(lake.lake(environment), environment.hadoop(), environment.clock());
        while (true) {
            SortedMap<String, DataCenterReport> waited = waitedFor(reader);
            List<String> behind = behind(waited, time);
            if (behind.isEmpty()) {
                environment
                        .out()
                        .println("Everything that was sent up to " + time + " is queryable"
                                + (isMerged ? ", what was late included" : "") + ": "
                                + String.join(", ", waited.keySet()) + ".");
                return 0;
            }
            Duration left = Duration.between(environment.clock().instant(), end);
            if (left.isNegative() || left.isZero()) {
                environment.out().println("Not everything that was sent up to " + time + " is queryable:");
                behind.forEach(words -> environment.out().println("  " + words));
                environment.out().println("next: tributary status");
                return ExitCode.OPERATOR_MUST_ACT;
            }
            Thread.sleep(Math.min(left.toMillis(), POLL_INTERVAL.toMillis()));
        }
    }

    private SortedMap<String, DataCenterReport> waitedFor(LakeTailReader reader) {
        PipelineStatus status = PipelineStatus.of(reader.read(), Objective.DEFAULT, OptionalDouble.empty());
        SortedMap<String, DataCenterReport> waited = new TreeMap<>(status.dataCenters());
        for (String name : dataCenters) {
            if (!waited.containsKey(name)) {
                throw new InvalidInputException(
                        "There is no data center " + name + " in force; " + Suggestions.remedy(name, waited.keySet()));
            }
        }
        if (!dataCenters.isEmpty()) {
            waited.keySet().retainAll(dataCenters);
        }
        return waited;
    }

    private List<String> behind(SortedMap<String, DataCenterReport> waited, Instant time) {
        List<String> behind = new ArrayList<>();
        if (waited.isEmpty()) {
            behind.add("no data center has been read yet");
        }
        for (Map.Entry<String, DataCenterReport> entry : waited.entrySet()) {
            DataCenterReport report = entry.getValue();
            Optional<Instant> valid = isMerged
                    ? report.validThrough().merged()
                    : report.validThrough().staged();
            if (valid.filter(reached -> !reached.isBefore(time)).isEmpty()) {
                behind.add(entry.getKey() + " (" + report.state().words() + ") is valid through "
                        + valid.map(Instant::toString).orElse(Words.UNKNOWN));
            }
        }
        return behind;
    }
}
