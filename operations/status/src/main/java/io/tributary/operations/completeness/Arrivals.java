package io.tributary.operations.completeness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.lake.log.PrefetchingReader;
import io.tributary.offsets.RangeStats;
import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * What arrived on one date, by data center and hour. Duplicates and rejected records have no event time, so they are known
 * by the hour of their arrival alone.
 *
 * @param read by the commits of the staging table: what became of the records
 * @param inKafka records that the brokers hold, by their Kafka timestamps; empty for a data center that was not asked or
 *     did not tell
 * @param isWhole whether the log still holds all commits of the date
 */
public record Arrivals(
        SortedMap<String, SortedMap<Instant, RangeStats>> read,
        SortedMap<String, SortedMap<Instant, Long>> inKafka,
        boolean isWhole) {

    /** By the commits of the date alone, however many there are before and after. */
    public static Arrivals read(Lake lake, Configuration hadoop, LocalDate date) {
        CommitLog staging = new CommitLog(lake.staging(), hadoop);
        long begin = date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long end = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long newest = staging.newestVersion();
        long first = firstFrom(staging, newest, begin);
        long last = firstFrom(staging, newest, end);
        SortedMap<String, SortedMap<Instant, RangeStats>> read = new TreeMap<>();
        try (PrefetchingReader reader = PrefetchingReader.of(lake.root())) {
            Iterator<Optional<Commit>> commits = reader.read(first, last, staging::commit);
            while (commits.hasNext()) {
                commits.next()
                        .flatMap(Commit::metadata)
                        .filter(BatchMetadata.class::isInstance)
                        .map(BatchMetadata.class::cast)
                        .ifPresent(batch -> add(read, WithoutReplays.of(batch)));
            }
        }
        boolean isWhole = first == 0 || staging.commit(first - 1).isPresent();
        return new Arrivals(read, new TreeMap<>(), isWhole);
    }

    /** The same with what the brokers hold. */
    public Arrivals with(SortedMap<String, SortedMap<Instant, Long>> held) {
        return new Arrivals(read, held, isWhole);
    }

    private static void add(SortedMap<String, SortedMap<Instant, RangeStats>> read, BatchMetadata batch) {
        Instant hour = Instant.ofEpochMilli(batch.committedAt()).truncatedTo(ChronoUnit.HOURS);
        batch.ranges()
                .forEach((partition, range) -> read.computeIfAbsent(partition.dataCenter(), name -> new TreeMap<>())
                        .merge(hour, range, RangeStats::plus));
    }

    /** The first version whose newest batch was committed at a time or later; what has expired is older. */
    private static long firstFrom(CommitLog log, long newest, long time) {
        long before = -1;
        long from = newest + 1;
        while (before + 1 < from) {
            long middle = (before + from) / 2;
            if (log.findNewest(BatchMetadata.class, middle)
                    .filter(batch -> batch.metadata().committedAt() >= time)
                    .isPresent()) {
                from = middle;
            } else {
                before = middle;
            }
        }
        return from;
    }

    /** A table for people, and why it is not by event hour. */
    String text() {
        TextTable table = new TextTable(
                2,
                "data center",
                "arrival hour (UTC)",
                "in Kafka",
                "read",
                "staged",
                "duplicate",
                "quarantined",
                "erased",
                "without event");
        names().forEach(name -> hours(name).forEach(hour -> {
            RangeStats stats = stats(name, hour);
            table.row(
                    name,
                    Words.dateAndTime(hour),
                    Words.count(inKafka(name, hour)),
                    Words.count(stats.read()),
                    Words.count(stats.staged()),
                    Words.count(stats.duplicate()),
                    Words.count(stats.quarantined()),
                    Words.count(stats.erased()),
                    Words.count(stats.withoutEvent()));
        }));
        return (table.isEmpty() ? "" : table.text() + "\n")
                + "Duplicates that the stream dropped, and rejected records, are counted by the hour in which they arrived,"
                + " since no event time is kept of them. What Kafka holds is counted by Kafka's timestamps, since brokers"
                + " do not know event times"
                + (inKafka.isEmpty() ? "; they were not asked (--data-centers)" : "")
                + "."
                + (isWhole ? "" : " The log no longer holds all commits of the date, so these counts are too low.")
                + "\n";
    }

    void addTo(ObjectNode root) {
        ArrayNode arrivals = root.putArray("arrivals");
        names().forEach(name -> hours(name).forEach(hour -> {
            RangeStats stats = stats(name, hour);
            OptionalLong held = inKafka(name, hour);
            arrivals.addObject()
                    .put("data_center", name)
                    .put("hour", hour.toString())
                    .put("in_kafka", held.isPresent() ? (Long) held.getAsLong() : null)
                    .put("read", stats.read())
                    .put("staged", stats.staged())
                    .put("duplicate", stats.duplicate())
                    .put("quarantined", stats.quarantined())
                    .put("erased", stats.erased())
                    .put("without_event", stats.withoutEvent());
        }));
        root.put("arrivals_whole", isWhole);
    }

    private SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(read.keySet());
        names.addAll(inKafka.keySet());
        return names;
    }

    private SortedSet<Instant> hours(String name) {
        SortedSet<Instant> hours =
                new TreeSet<>(read.getOrDefault(name, new TreeMap<>()).keySet());
        inKafka.getOrDefault(name, new TreeMap<>()).forEach((hour, count) -> {
            if (count > 0) {
                hours.add(hour);
            }
        });
        return hours;
    }

    private RangeStats stats(String name, Instant hour) {
        return read.getOrDefault(name, new TreeMap<>()).getOrDefault(hour, RangeStats.EMPTY);
    }

    private OptionalLong inKafka(String name, Instant hour) {
        Long held = inKafka.getOrDefault(name, new TreeMap<>()).get(hour);
        return held == null ? OptionalLong.empty() : OptionalLong.of(held);
    }
}
