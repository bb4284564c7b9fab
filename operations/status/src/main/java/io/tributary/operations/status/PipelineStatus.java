package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.status.AuditStatus;
import io.tributary.lake.status.StreamStatus;
import io.tributary.offsets.RangeStats;
import io.tributary.operations.text.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a lake and its data centers do, folded from the newest commits and from what the streaming job last said. What is
 * empty is not known.
 *
 * @param maintenance the last commit of maintenance among those that were read
 * @param audit what the last audit found
 * @param backlog staged rows that are not merged; at least so many if {@code isBacklogPartial}
 * @param isBacklogPartial whether older batches than those that were read are not merged either
 * @param stagingFiles files of the staging table
 * @param mergedFiles files of the merged table
 * @param dataCenters by name: those in force, or without a stream status those that were ever read
 * @param notes what else is worth a look, a sentence each
 */
public record PipelineStatus(
        String lake,
        Instant now,
        StreamReport stream,
        MergeReport merge,
        Optional<Instant> maintenance,
        Optional<AuditStatus> audit,
        ObjectiveReport objective,
        OptionalLong backlog,
        boolean isBacklogPartial,
        OptionalLong stagingFiles,
        OptionalLong mergedFiles,
        SortedMap<String, DataCenterReport> dataCenters,
        List<String> notes) {

    private static final Set<String> MAINTENANCE = Set.of("OPTIMIZE", "DELETE", "VACUUM START", "VACUUM END");
    private static final String RESTORE = "RESTORE";
    private static final String NEXT_TRIGGER = "; the stream takes notice of that at its next trigger.";

    public PipelineStatus {
        dataCenters = Collections.unmodifiableSortedMap(new TreeMap<>(dataCenters));
        notes = List.copyOf(notes);
    }

    /** @param budgetLeft share of the month's tolerated late rows that is left; empty if nobody has counted */
    public static PipelineStatus of(LakeTail tail, Objective objective, OptionalDouble budgetLeft) {
        List<BatchMetadata> batches = tail.batches();
        List<LakeTail.Merge> merges = tail.merges();
        Optional<Instant> watermark = merges.isEmpty()
                ? tail.merged().isWhole() ? Optional.of(Instant.EPOCH) : Optional.empty()
                : Optional.of(Instant.ofEpochMilli(
                        merges.get(merges.size() - 1).metadata().watermark()));
        OptionalLong backlog = watermark
                .map(time -> OptionalLong.of(backlog(batches, time.toEpochMilli())))
                .orElse(OptionalLong.empty());
        StreamReport stream = StreamReport.of(batches, tail.stream(), tail.now());
        MergeReport merge = MergeReport.of(merges, backlog, tail.now());
        SortedMap<String, DataCenterReport> dataCenters = new TreeMap<>();
        for (String name : names(batches, tail.stream())) {
            dataCenters.put(name, DataCenterReport.of(name, tail, watermark, stream));
        }
        return new PipelineStatus(
                tail.lake(),
                tail.now(),
                stream,
                merge,
                maintenance(tail),
                tail.audit(),
                ObjectiveReport.of(objective, batches, tail.now(), budgetLeft),
                backlog,
                isPartial(tail, batches, watermark),
                tail.staging().files(),
                tail.merged().files(),
                dataCenters,
                notes(tail, stream, merge));
    }

    /**
     * The same by a data-centers file that may be newer than the stream's last word: who is no longer in it is left out, and
     * who is new in it is told.
     *
     * @param listed those in the file
     */
    public PipelineStatus listing(Collection<String> listed) {
        SortedMap<String, DataCenterReport> left = new TreeMap<>(dataCenters);
        left.keySet().retainAll(listed);
        List<String> more = new ArrayList<>(notes);
        dataCenters.keySet().stream()
                .filter(name -> !listed.contains(name))
                .forEach(name -> more.add(name + " is no longer in the data-centers file" + NEXT_TRIGGER));
        listed.stream()
                .filter(name -> !dataCenters.containsKey(name))
                .sorted()
                .forEach(name -> more.add(name + " is in the data-centers file and is not read yet" + NEXT_TRIGGER));
        return new PipelineStatus(
                lake,
                now,
                stream,
                merge,
                maintenance,
                audit,
                objective,
                backlog,
                isBacklogPartial,
                stagingFiles,
                mergedFiles,
                left,
                more);
    }

    private static SortedSet<String> names(List<BatchMetadata> batches, Optional<StreamStatus> stream) {
        SortedSet<String> names = new TreeSet<>();
        stream.ifPresent(status -> names.addAll(status.dataCenters().keySet()));
        if (stream.isEmpty() && !batches.isEmpty()) {
            names.addAll(batches.get(batches.size() - 1)
                    .readProgress()
                    .ofKafka()
                    .positions()
                    .dataCenters());
        }
        return names;
    }

    private static long backlog(List<BatchMetadata> batches, long watermark) {
        return batches.stream()
                .filter(batch -> batch.committedAt() > watermark)
                .map(BatchMetadata::total)
                .mapToLong(RangeStats::staged)
                .sum();
    }

    private static boolean isPartial(LakeTail tail, List<BatchMetadata> batches, Optional<Instant> watermark) {
        return !tail.staging().isWhole()
                && watermark.isPresent()
                && !batches.isEmpty()
                && batches.get(0).committedAt() > watermark.get().toEpochMilli();
    }

    private static Optional<Instant> maintenance(LakeTail tail) {
        return Stream.concat(tail.staging().commits().stream(), tail.merged().commits().stream())
                .filter(commit -> MAINTENANCE.contains(commit.operation()))
                .map(commit -> Instant.ofEpochMilli(commit.timestamp()))
                .max(Instant::compareTo);
    }

    private static List<String> notes(LakeTail tail, StreamReport stream, MergeReport merge) {
        List<String> notes = new ArrayList<>();
        if (stream.isFileUsable().filter(isUsable -> !isUsable).isPresent()) {
            notes.add("The data-centers file cannot be used; the last good one stays in force.");
        }
        if (merge.isOverdue()) {
            notes.add("The merge is overdue: rows wait, and merges usually came every " + Words.duration(merge.every())
                    + ".");
        }
        long unreadable = tail.staging().unreadable() + tail.merged().unreadable();
        if (unreadable > 0) {
            notes.add(unreadable + " of the newest log files cannot be read; the audit says which.");
        }
        addRestored(notes, "staging", tail.staging().commits());
        addRestored(notes, "merged", tail.merged().commits());
        return notes;
    }

    /** What the commits before a RESTORE say may not be what the table holds. */
    private static void addRestored(List<String> notes, String table, List<Commit> commits) {
        if (commits.stream().anyMatch(commit -> commit.operation().equals(RESTORE))) {
            notes.add(
                    "The " + table + " table was put back by a RESTORE lately, so counts from before it may not be what"
                            + " it holds.");
        }
    }
}
