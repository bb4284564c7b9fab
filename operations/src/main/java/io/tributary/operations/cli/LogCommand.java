package io.tributary.operations.cli;

import io.tributary.error.InvalidInputException;
import io.tributary.operations.datacenter.ChangeHistory;
import io.tributary.operations.history.History;
import io.tributary.operations.history.HistoryEntry;
import io.tributary.operations.history.HistoryText;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code tributary log}: what happened to a lake. */
@Command(
        name = "log",
        description =
                "Shows what happened, newest first: batches, merges, deferrals, gaps and resets that were accepted,"
                        + " halts, data centers that came and went, maintenance, RESTORE. It reads the tables' logs, which reach"
                        + " back 30 days.",
        footer = {
            "%nExamples:",
            "  tributary log --lake s3://bucket/lake",
            "  tributary log --lake s3://bucket/lake --since 1d --data-center fra1 --kind deferral --kind gap",
            "  tributary log --stage prod --json --limit 0"
        })
final class LogCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Option(
            names = "--since",
            paramLabel = "DURATION|TIME",
            defaultValue = "1h",
            description = "How far back: 90s, 10m, 1h, 2d, or a time such as 2026-03-01T08:00:00Z (default:"
                    + " ${DEFAULT-VALUE}).")
    private String since;

    @Option(names = "--data-center", paramLabel = "NAME", description = "Only of this data center; may be repeated.")
    private List<String> dataCenters = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            completionCandidates = KindOption.Names.class,
            converter = KindOption.class,
            description =
                    "Only of this kind; may be repeated: ${COMPLETION-CANDIDATES}. A command's name stands for the"
                            + " kind that it brings about, such as erase for removal.")
    private List<HistoryEntry.Kind> kinds = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many to show at most, 0 for all (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--data-centers",
            paramLabel = "FILE|URI",
            defaultValue = "${env:TRIBUTARY_DATA_CENTERS}",
            description = "The data-centers file, beside which the history says who changed it and why. Absent: the"
                    + " variable TRIBUTARY_DATA_CENTERS.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean isJson;

    LogCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Instant from = from();
        Lake place = lake.lake(environment);
        LakeTail tail = new LakeTailReader(place, environment.hadoop(), environment.clock()).readSince(from);
        List<HistoryEntry> all = Stream.concat(
                        History.of(tail, place.names().staging(), place.names().merged()).stream(), edits().stream())
                .distinct()
                .sorted(Comparator.comparing(HistoryEntry::at).reversed())
                .filter(happening -> !happening.at().isBefore(from) && isWanted(happening))
                .toList();
        requireKnown(place, tail);
        List<HistoryEntry> shown = limit > 0 && all.size() > limit ? all.subList(0, limit) : all;
        if (isJson) {
            environment.out().print(HistoryText.json(shown));
            return 0;
        }
        if (shown.isEmpty()) {
            environment.out().println("Nothing of that happened since " + from + ".");
        } else {
            environment.out().print(HistoryText.of(shown));
        }
        if (shown.size() < all.size()) {
            environment.out().println("… and " + (all.size() - shown.size()) + " more; --limit 0 shows all.");
        }
        environment.out().println("next: tributary status");
        return 0;
    }

    /** A data center may be in the file, or have been, and never have been read. */
    private void requireKnown(Lake place, LakeTail tail) {
        SortedSet<String> known = KnownDataCenters.read(place.staging(), environment.hadoop());
        tail.stream().ifPresent(status -> known.addAll(status.dataCenters().keySet()));
        edits().forEach(edit -> edit.dataCenter().ifPresent(known::add));
        dataCenters.forEach(name -> KnownDataCenters.require(name, known));
    }

    private List<HistoryEntry> edits() {
        return file.filter(name -> !name.isBlank())
                .map(name -> new ChangeHistory(name, environment.hadoop()).read())
                .map(changes -> changes.stream().map(History::edit).toList())
                .orElse(List.of());
    }

    private boolean isWanted(HistoryEntry happening) {
        Set<String> names = new TreeSet<>(dataCenters);
        return (names.isEmpty()
                        || happening.dataCenter().filter(names::contains).isPresent())
                && (kinds.isEmpty() || kinds.contains(happening.kind()));
    }

    private Instant from() {
        Optional<Instant> time = Times.instant(since);
        try {
            return time.orElseGet(
                    () -> environment.clock().instant().minus(new DurationOption.Positive().convert(since)));
        } catch (TypeConversionException e) {
            throw new InvalidInputException(
                    "--since " + since + " is neither a duration, such as 10m, 1h or 2d, nor a time, such as"
                            + " 2026-03-01T08:00:00Z.",
                    e);
        }
    }
}
