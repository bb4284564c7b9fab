package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import io.tributary.columns.Columns;
import io.tributary.config.DedupConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.TableFiles;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Looks events up in staging and the merged table. It reads the identities of the files whose event times may be theirs,
 * and no more rows than a machine reads in a minute or two: beyond that, the events of some dates stand for all.
 */
public final class LakeEvents {

    private static final long MAX_ROWS = 50_000_000;
    private static final int SEED = 17;

    private static final String NEAR = "near";
    private static final String EVENTS = "events";
    private static final String IS_KNOWN = "is_known";
    private static final String IS_ERASED = "is_erased";

    private final SparkSession spark;
    private final Lake lake;
    private final DedupConfig dedup;
    private final ErasedEvents erased;
    private final long maxRows;

    private LakeEvents(SparkSession spark, Lake lake, DedupConfig dedup, ErasedEvents erased, long maxRows) {
        this.spark = spark;
        this.lake = lake;
        this.dedup = dedup;
        this.erased = erased;
        this.maxRows = maxRows;
    }

    public static LakeEvents of(SparkSession spark, Lake lake, PipelineConfig config, Configuration hadoop) {
        return of(spark, lake, config, hadoop, MAX_ROWS);
    }

    /** @param maxRows how many rows of the lake are read at most */
    static LakeEvents of(SparkSession spark, Lake lake, PipelineConfig config, Configuration hadoop, long maxRows) {
        ErasedEvents erased = new ErasureRequests(lake.erasures(), new HadoopFiles(hadoop)).erased();
        return new LakeEvents(spark, lake, config.dedup(), erased, maxRows);
    }

    /** What is to be read of the lake for the events of one date. */
    private record OfDate(LocalDate date, long events, List<AddAction> staging, List<AddAction> merged) {

        long rows() {
            return rows(staging) + rows(merged);
        }

        private static long rows(List<AddAction> files) {
            return files.stream()
                    .mapToLong(file -> file.statistics().rows().orElse(MAX_ROWS))
                    .sum();
        }
    }

    /** @param events with the columns of an event; rejected records have been left out */
    KnownEvents known(Dataset<Row> events) {
        TableFiles staging = TableFiles.ofNewest(spark, lake.staging());
        TableFiles merged = TableFiles.ofNewest(spark, lake.merged());
        List<OfDate> all = dates(events, staging, merged);
        if (all.isEmpty()) {
            return new KnownEvents(0, 0, 0, 0, 0, Optional.empty());
        }
        List<OfDate> chosen = chosen(all);
        if (chosen.isEmpty()) {
            return KnownEvents.not("the lake holds more than " + Words.count(maxRows) + " rows of each of their dates");
        }
        boolean isPart = chosen.size() < all.size();
        Dataset<Row> held = staging.rows(files(chosen, OfDate::staging))
                .select(identity())
                .union(merged.rows(files(chosen, OfDate::merged)).select(identity()));
        Dataset<Row> wanted = isPart
                ? events.where(col(Columns.EVENT_DATE)
                        .isInCollection(chosen.stream().map(OfDate::date).toList()))
                : events;
        return compared(wanted, held, isPart ? Optional.of(limits(chosen, all)) : Optional.empty());
    }

    private KnownEvents compared(Dataset<Row> wanted, Dataset<Row> held, Optional<String> limits) {
        Dataset<Row> identities = wanted.withColumn(
                        IS_ERASED, erased.contain(col(Columns.DATA_CENTER), col(Columns.EVENT_ID)))
                .groupBy(identity())
                .agg(count(lit(1)).as(EVENTS), max(IS_ERASED).as(IS_ERASED))
                .persist();
        try {
            Dataset<Row> known = held.join(identities.select(identity()), names(), "left_semi")
                    .distinct()
                    .withColumn(IS_KNOWN, lit(true));
            long compared = 0;
            long ofKnown = 0;
            long ofErased = 0;
            long fresh = 0;
            long copies = 0;
            for (Row row : identities
                    .join(known, names(), "left_outer")
                    .groupBy(col(IS_ERASED), coalesce(col(IS_KNOWN), lit(false)))
                    .agg(sum(EVENTS), count(lit(1)))
                    .collectAsList()) {
                long events = row.getLong(2);
                compared += events;
                if (row.getBoolean(0)) {
                    ofErased += events;
                } else if (row.getBoolean(1)) {
                    ofKnown += events;
                } else {
                    fresh += row.getLong(3);
                    copies += events - row.getLong(3);
                }
            }
            return new KnownEvents(compared, ofKnown, fresh, copies, ofErased, limits);
        } finally {
            identities.unpersist();
        }
    }

    /** The dates of the events, each with the files that may hold copies, whose times may differ a little. */
    private List<OfDate> dates(Dataset<Row> events, TableFiles staging, TableFiles merged) {
        Column tolerance = expr("INTERVAL " + dedup.timeTolerance().toMillis() + " MILLISECONDS");
        Column time = col(Columns.EVENT_TIME);
        SortedMap<LocalDate, SortedSet<String>> near = new TreeMap<>();
        SortedMap<LocalDate, Long> counts = new TreeMap<>();
        for (Row row : events.withColumn(
                        NEAR,
                        explode(array_distinct(array(
                                to_date(time.minus(tolerance)),
                                col(Columns.EVENT_DATE),
                                to_date(time.plus(tolerance))))))
                .groupBy(Columns.EVENT_DATE, NEAR)
                .count()
                .collectAsList()) {
            LocalDate date = row.getLocalDate(0);
            LocalDate other = row.getLocalDate(1);
            near.computeIfAbsent(date, key -> new TreeSet<>()).add(other.toString());
            if (date.equals(other)) {
                counts.put(date, row.getLong(2));
            }
        }
        List<AddAction> staged = staging.all();
        SortedSet<String> all = new TreeSet<>();
        near.values().forEach(all::addAll);
        List<AddAction> held = merged.inPartitions(Columns.EVENT_DATE, all);
        List<OfDate> dates = new ArrayList<>();
        near.forEach((date, around) -> {
            Instant begin = date.atStartOfDay(ZoneOffset.UTC).toInstant().minus(dedup.timeTolerance());
            Instant end =
                    date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(dedup.timeTolerance());
            dates.add(new OfDate(
                    date,
                    counts.get(date),
                    staged.stream()
                            .filter(file -> file.statistics().mayHold(Columns.EVENT_TIME, begin, end))
                            .toList(),
                    held.stream()
                            .filter(file -> file.partition()
                                    .value(Columns.EVENT_DATE)
                                    .filter(around::contains)
                                    .isPresent())
                            .toList()));
        });
        return dates;
    }

    /** As many dates as may be read, in an order that depends on nothing. */
    private List<OfDate> chosen(List<OfDate> all) {
        List<OfDate> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        List<OfDate> chosen = new ArrayList<>();
        long rows = 0;
        for (OfDate date : shuffled) {
            if (rows + date.rows() <= maxRows) {
                rows += date.rows();
                chosen.add(date);
            }
        }
        return chosen;
    }

    private String limits(List<OfDate> chosen, List<OfDate> all) {
        return "compared on " + chosen.size() + " of " + all.size() + " event dates, " + Words.count(events(chosen))
                + " of " + Words.count(events(all)) + " events, since the lake holds more than " + Words.count(maxRows)
                + " rows of all of them";
    }

    private static long events(List<OfDate> dates) {
        return dates.stream().mapToLong(OfDate::events).sum();
    }

    private static List<AddAction> files(List<OfDate> dates, Function<OfDate, List<AddAction>> ofTable) {
        SortedMap<String, AddAction> files = new TreeMap<>();
        dates.forEach(date -> ofTable.apply(date).forEach(file -> files.put(file.path(), file)));
        return List.copyOf(files.values());
    }

    private Column[] identity() {
        return dedup.scope().columns().stream().map(name -> col(name)).toArray(Column[]::new);
    }

    private String[] names() {
        return dedup.scope().columns().toArray(String[]::new);
    }
}
