package io.tributary.operations.history;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.FillMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.RemovalMetadata;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.StreamStatus;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.operations.history.HistoryEntry.Kind;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Folds commits into what happened. */
public final class History {

    private final String staging;
    private final String merged;
    private final List<HistoryEntry> all = new ArrayList<>();
    private Optional<BatchMetadata> before = Optional.empty();
    private final SortedMap<String, HistoryEntry> lastRead = new TreeMap<>();

    private History(String staging, String merged) {
        this.staging = staging;
        this.merged = merged;
    }

    /**
     * What happened, newest first.
     *
     * @param staging name of the staging table
     * @param merged name of the merged table
     */
    public static List<HistoryEntry> of(LakeTail tail, String staging, String merged) {
        History history = new History(staging, merged);
        tail.staging()
                .commits()
                .forEach(commit -> history.addStaging(commit, tail.staging().isWhole()));
        tail.merged().commits().forEach(history::addMerged);
        tail.stream().ifPresent(history::addGone);
        tail.stream().ifPresent(status -> status.changes().forEach(change -> history.all.add(edit(change))));
        history.all.sort(Comparator.comparing(HistoryEntry::at)
                .reversed()
                .thenComparing(HistoryEntry::kind, Comparator.reverseOrder()));
        return history.all;
    }

    /** Who changed a data center by the command line, what and why. */
    public static HistoryEntry edit(RecordedChange change) {
        String words = change.action().command()
                + (change.overruled().isPresent() ? " by force" : "") + " by "
                + change.by()
                + (change.because().isEmpty() ? "" : ", because: " + change.because())
                + (change.changes().isEmpty() ? "" : "; " + String.join("; ", change.changes()))
                + change.overruled().map(against -> "; although " + against).orElse("");
        return new HistoryEntry(
                change.at(), Kind.MEMBERSHIP, Optional.of(change.dataCenter()), "data-centers file", words);
    }

    private void addStaging(Commit commit, boolean isWhole) {
        String table = staging + "@" + commit.version();
        if (commit.metadata().isPresent() && commit.metadata().get() instanceof BatchMetadata batch) {
            addBatch(table, batch, isWhole);
            before = Optional.of(batch);
        } else {
            addOther(table, commit);
        }
    }

    private void addMerged(Commit commit) {
        String table = merged + "@" + commit.version();
        if (commit.metadata().isPresent() && commit.metadata().get() instanceof MergeMetadata merge) {
            MergeMetadata.Merged total = merge.total();
            add(
                    commit.timestamp(),
                    Kind.MERGE,
                    Optional.empty(),
                    table,
                    "merge " + merge.merge() + ": " + Words.count(total.merged()) + " rows merged of "
                            + Words.count(total.staged()) + " staged, " + Words.count(total.duplicates())
                            + " duplicates, to " + merge.mergedByDate().size() + " event dates; merged up to "
                            + Words.dateAndTime(Instant.ofEpochMilli(merge.watermark())));
        } else {
            addOther(table, commit);
        }
    }

    private void addOther(String table, Commit commit) {
        if (commit.metadata().orElse(null) instanceof RemovalMetadata removal) {
            removal.dataCenters()
                    .forEach((name, rows) -> add(
                            commit.timestamp(),
                            Kind.REMOVAL,
                            Optional.of(name),
                            table,
                            Words.count(rows) + " rows removed, "
                                    + (removal.erasure() > 0 ? "erasure " + removal.erasure() : removal.rule())));
            return;
        }
        if (commit.metadata().orElse(null) instanceof FillMetadata fill) {
            add(
                    commit.timestamp(),
                    Kind.MAINTENANCE,
                    Optional.empty(),
                    table,
                    "fill " + fill.fill() + ": " + String.join(", ", fill.columns()) + " of " + Words.count(fill.rows())
                            + " rows of " + fill.date() + " filled");
            return;
        }
        Kind kind =
                switch (commit.operation()) {
                    case "OPTIMIZE", "DELETE", "VACUUM START", "VACUUM END" -> Kind.MAINTENANCE;
                    case "RESTORE" -> Kind.RESTORE;
                    default -> Kind.OTHER;
                };
        add(commit.timestamp(), kind, Optional.empty(), table, commit.operation());
    }

    private void addBatch(String table, BatchMetadata carried, boolean isWhole) {
        long at = carried.committedAt();
        addReplays(at, table, carried);
        BatchMetadata batch = WithoutReplays.of(carried);
        SortedMap<String, RangeStats> parts = new TreeMap<>();
        batch.ranges().forEach((partition, range) -> parts.merge(partition.dataCenter(), range, RangeStats::plus));
        parts.forEach((name, range) -> {
            if (range.read() > 0) {
                add(at, Kind.BATCH, Optional.of(name), table, words(batch, range));
                lastRead.put(name, all.get(all.size() - 1));
            }
        });
        addRanges(batch.deferred(), Kind.DEFERRAL, at, table, "deferred, to be read by a later batch", batch);
        addRanges(batch.lost(), Kind.GAP, at, table, "skipped for good, as an operator accepted", batch);
        addRanges(batch.expired(), Kind.EXPIRY, at, table, "deleted by retention before the first reading", batch);
        addRanges(
                batch.truncated(),
                Kind.HALT,
                at,
                table,
                "lost by the log although they had been read; the topic is halted",
                batch);
        addResets(at, table, batch);
        addNew(at, table, batch, isWhole);
        if (before.filter(last -> !last.checkpoint().equals(batch.checkpoint())).isPresent()) {
            add(
                    at,
                    Kind.CHECKPOINT,
                    Optional.empty(),
                    table,
                    "goes on from a new checkpoint, " + batch.checkpoint() + ": the deduplication state began empty");
        }
    }

    private void addReplays(long at, String table, BatchMetadata batch) {
        batch.ranges().forEach((partition, range) -> {
            if (ReplayTopic.isByRequest(partition.topic()) && range.read() > 0) {
                add(
                        at,
                        Kind.REPLAY,
                        Optional.of(partition.dataCenter()),
                        table,
                        partition.topic() + ": " + words(batch, range));
            }
        });
    }

    private static String words(BatchMetadata batch, RangeStats range) {
        StringBuilder words = new StringBuilder("batch " + Words.count(batch.sequence()) + ": read "
                + Words.count(range.read()) + ", staged " + Words.count(range.staged()));
        append(words, range.duplicate(), " duplicate");
        append(words, range.quarantined(), " quarantined");
        append(words, range.erased(), " erased");
        append(words, range.withoutEvent(), " without event");
        append(words, range.castFailures(), " cast failures");
        return words + "; " + Words.duration(Duration.ofMillis(batch.committedAt() - batch.plannedAt()));
    }

    private static void append(StringBuilder words, long count, String what) {
        if (count > 0) {
            words.append(", ").append(Words.count(count)).append(what);
        }
    }

    private void addRanges(
            Collection<OffsetRange> ranges, Kind kind, long at, String table, String words, BatchMetadata batch) {
        ranges.forEach(range -> add(
                at,
                kind,
                Optional.of(range.partition().dataCenter()),
                table,
                range + " " + words
                        + Optional.ofNullable(batch.readErrors().get(range.partition()))
                                .map(error -> ": " + error)
                                .orElse("")));
    }

    private void addResets(long at, String table, BatchMetadata batch) {
        batch.readProgress().identities().forEach((topic, identity) -> {
            Optional<TopicIdentity> known =
                    before.map(last -> last.readProgress().identities().get(topic));
            if (known.filter(old -> identity.generation() > old.generation()).isPresent()) {
                add(
                        at,
                        Kind.RESET,
                        Optional.of(topic.dataCenter()),
                        table,
                        "topic " + topic.topic() + " was restarted as " + identity + ", as an operator accepted");
            }
        });
    }

    private void addNew(long at, String table, BatchMetadata batch, boolean isWhole) {
        if (before.isEmpty() && !isWhole) {
            return; // What was there before is not known.
        }
        SortedSet<String> names = new TreeSet<>(batch.positions().dataCenters());
        before.ifPresent(last -> names.removeAll(last.positions().dataCenters()));
        names.forEach(name -> add(
                at, Kind.MEMBERSHIP, Optional.of(name), table, "read for the first time, from " + begins(name, batch)));
    }

    private static String begins(String name, BatchMetadata batch) {
        return batch.ranges().entrySet().stream()
                .filter(entry -> entry.getKey().dataCenter().equals(name))
                .map(entry -> entry.getKey().topic() + "-" + entry.getKey().partition() + " at "
                        + Words.count(entry.getValue().from()))
                .collect(Collectors.joining(", "));
    }

    /** Data centers that were read and that the data-centers file no longer has. */
    private void addGone(StreamStatus status) {
        lastRead.forEach((name, last) -> {
            if (!status.dataCenters().containsKey(name)) {
                all.add(new HistoryEntry(
                        last.at(),
                        Kind.MEMBERSHIP,
                        Optional.of(name),
                        last.table(),
                        "read for the last time; it is no longer in the data-centers file"));
            }
        });
    }

    private void add(long at, Kind kind, Optional<String> dataCenter, String table, String words) {
        all.add(new HistoryEntry(Instant.ofEpochMilli(at), kind, dataCenter, table, words));
    }
}
