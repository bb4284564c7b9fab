package io.tributary.operations.cli;

import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.error.TributaryException;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.completeness.Arrivals;
import io.tributary.operations.completeness.Completeness;
import io.tributary.operations.datacenter.check.KafkaHours;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.operations.status.ValidThrough;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary completeness}: what the lake holds of one event date, hour by hour. */
@Command(
        name = "completeness",
        description =
                "Shows for one event date, by data center and event hour, what is staged, merged and not merged yet,"
                        + " and whether the hour is complete: everything that was sent until it ended is merged; and by the hour"
                        + " of arrival what was read, duplicate and quarantined, and what Kafka holds if a data-centers file"
                        + " is named. It queries the tables, which takes longer than status.",
        footer = {
            "%nExamples:",
            "  tributary completeness --lake s3://bucket/lake --date 2026-03-01",
            "  tributary completeness --stage prod --date 2026-03-01"
        })
final class CompletenessCommand implements Callable<Integer> {

    private static final int SHUFFLE_PARTITIONS = 4;
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Option(names = "--date", required = true, paramLabel = "DATE", description = "The event date, such as 2026-03-01.")
    private String date;

    @Mixin
    private DataCentersOptions file;

    @Option(names = "--json", description = "Print JSON.")
    private boolean isJson;

    CompletenessCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        LocalDate wanted = date();
        Lake place = lake.lake(environment);
        LakeTail tail = new LakeTailReader(place, environment.hadoop(), environment.clock()).read();
        PipelineStatus status = PipelineStatus.of(tail, Objective.DEFAULT, OptionalDouble.empty());
        Map<String, ValidThrough> validThrough = new TreeMap<>();
        status.dataCenters().forEach((name, report) -> validThrough.put(name, report.validThrough()));
        Arrivals arrivals = Arrivals.read(place, environment.hadoop(), wanted).with(inKafka(wanted));
        try (JobRuntime runtime = LocalRuntime.open("tributary-completeness", SHUFFLE_PARTITIONS)) {
            Completeness answer = Completeness.of(
                    new LakeSql(runtime.spark(), place), place, wanted, validThrough, allStagedSince(tail));
            environment
                    .out()
                    .print(isJson ? answer.json(arrivals) : answer.text(arrivals) + "next: tributary status\n");
        }
        return 0;
    }

    /** Since when staging keeps all rows: none was old enough to be removed, or the lake is younger than that. */
    private Instant allStagedSince(LakeTail tail) {
        PipelineConfig config = lake.pipelineConfig(environment);
        Instant kept = tail.now()
                .minus(config.retention().staging())
                .plus(config.eventTime().maxAhead());
        boolean isYoung = tail.staging().isWhole()
                && tail.staging().commits().stream().allMatch(commit -> commit.timestamp() > kept.toEpochMilli());
        return isYoung ? Instant.MIN : kept;
    }

    private SortedMap<String, SortedMap<Instant, Long>> inKafka(LocalDate wanted) throws InterruptedException {
        SortedMap<String, SortedMap<Instant, Long>> held = new TreeMap<>();
        if (file.isNamed()) {
            try {
                for (DataCenter center : file.file(environment).read().all()) {
                    held.put(center.name(), KafkaHours.of(center, file.secrets(environment), ASK_TIMEOUT, wanted));
                }
            } catch (TributaryException e) {
                // Whoever may read the lake need not be allowed to dial its data centers.
                environment.err().println("What Kafka holds is not known: " + e.getMessage());
            }
        }
        return held;
    }

    private LocalDate date() {
        try {
            LocalDate wanted = LocalDate.parse(date);
            if (wanted.isAfter(LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC))) {
                throw new InvalidInputException(
                        "--date " + date + " is in the future, so nobody can say yet what will be sent of it.");
            }
            return wanted;
        } catch (DateTimeException e) {
            throw new InvalidInputException("--date " + date + " is no date; write one such as 2026-03-01.", e);
        }
    }
}
