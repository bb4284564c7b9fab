package io.tributary.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_millis;

import io.tributary.columns.Columns;
import io.tributary.config.DedupConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.view.LakeSql;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Reads all tables at the versions whose logs were audited, and holds the data against the metadata. */
final class DataAudit {

    private static final String COUNT = "copies";
    private static final String LOWER = "lower_bound";
    private static final String UPPER = "upper_bound";
    private static final int EXAMPLES = 20;

    private final SparkSession spark;
    private final Lake lake;
    private final DuplicateRows copies;
    private final FindingCollector findings = new FindingCollector();
    private final ErasureAudit erasures;
    private final SortedMap<String, SortedMap<String, Long>> reasons = new TreeMap<>();

    DataAudit(SparkSession spark, Lake lake, DedupConfig dedup) {
        this.spark = spark;
        this.lake = lake;
        this.copies = new DuplicateRows(dedup);
        this.erasures =
                new ErasureAudit(lake, new HadoopFiles(spark.sessionState().newHadoopConf()), findings);
    }

    /** What the data adds to the report on the logs. */
    AuditReport compare(LakeLogs logs, AuditReport report) {
        String staging = lake.names().staging();
        String quarantine = lake.names().quarantine();
        String merged = lake.names().merged();
        step(staging, () -> stagedRows(at(lake.staging(), logs.stagingVersion()), logs.staging(), report));
        step(quarantine, () -> quarantined(at(lake.quarantine(), logs.quarantineVersion()), report));
        step(merged, () -> merged(at(lake.merged(), logs.mergedVersion()), report));
        step(
                merged,
                () -> everyStagedIsMerged(
                        at(lake.staging(), logs.stagingVersion()), at(lake.merged(), logs.mergedVersion()), report));
        step(
                merged,
                () -> erasures.compare(
                        at(lake.staging(), logs.stagingVersion()),
                        at(lake.merged(), logs.mergedVersion()),
                        report.watermark()));
        step(lake.names().view(), this::noneTwice);
        return AuditReport.of(findings, reasons);
    }

    private void stagedRows(Dataset<Row> staging, Iterator<LogEntry> log, AuditReport report) {
        Column committedAt = unix_millis(col(Columns.ARRIVED_AT)).as(Columns.ARRIVED_AT);
        Iterator<Row> rows = staging.groupBy(
                        committedAt, col(Columns.KAFKA_CLUSTER), col(Columns.KAFKA_TOPIC), col(Columns.KAFKA_PARTITION))
                .agg(count(lit(1)), min(Columns.KAFKA_OFFSET), max(Columns.KAFKA_OFFSET))
                .orderBy(Columns.ARRIVED_AT)
                .toLocalIterator();
        Iterator<StagedRows> data = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public StagedRows next() {
                Row row = rows.next();
                return new StagedRows(
                        row.getLong(0), partition(row, 1), row.getLong(4), row.getLong(5), row.getLong(6));
            }
        };
        new StagedRows.Comparison(lake.names().staging(), data, report.stagedFrom(), report.removals(), findings)
                .compare(log);
    }

    private void quarantined(Dataset<Row> quarantine, AuditReport report) {
        repeated(
                quarantine,
                Columns.COORDINATES,
                row -> findings.add(Finding.of(
                        Finding.Kind.DUPLICATE_COORDINATES,
                        lake.names().quarantine(),
                        partition(row, 0) + " offset " + row.getLong(3),
                        "one row",
                        row.getLong(Columns.COORDINATES.size()) + " rows")));
        SortedMap<TopicPartitionId, Long> found = new TreeMap<>();
        List<String> partition = Columns.COORDINATES.subList(0, 3);
        for (Row row : quarantine
                .join(carried(report), partition.toArray(String[]::new), "inner")
                .where(col(Columns.KAFKA_OFFSET)
                        .geq(col(LOWER))
                        .and(col(Columns.KAFKA_OFFSET).lt(col(UPPER))))
                .dropDuplicates(Columns.COORDINATES.toArray(String[]::new))
                .groupBy(columns(partition))
                .count()
                .collectAsList()) {
            found.put(partition(row, 0), row.getLong(3));
        }
        report.partitions().forEach((id, totals) -> {
            long rows = found.getOrDefault(id, 0L);
            long expected =
                    totals.quarantined() - report.removals().quarantine().getOrDefault(id, 0L);
            if (rows != expected && !ReplayTopic.isAgain(id.topic())) {
                findings.add(Finding.of(
                        Finding.Kind.DATA_ROWS,
                        lake.names().quarantine(),
                        id + ", offsets from " + totals.from() + " and below " + totals.until(),
                        expected + " rows",
                        rows + " rows"));
            }
        });
        quarantine
                .groupBy(Columns.KAFKA_CLUSTER, Columns.REASON)
                .count()
                .collectAsList()
                .forEach(row -> reasons.computeIfAbsent(String.valueOf(row.get(0)), name -> new TreeMap<>())
                        .put(String.valueOf(row.get(1)), row.getLong(2)));
    }

    /**
     * The offsets that batches of the report carried, a row for each span. Rows outside of them belong to batches that are
     * not staged, wait, were skipped, or have expired.
     */
    private Dataset<Row> carried(AuditReport report) {
        List<Row> rows = new ArrayList<>();
        report.partitions().forEach((id, totals) -> totals.carried()
                .forEach((from, until) ->
                        rows.add(RowFactory.create(id.dataCenter(), id.topic(), id.partition(), from, until))));
        return spark.createDataFrame(
                rows,
                StructType.fromDDL(Columns.KAFKA_CLUSTER + " STRING, " + Columns.KAFKA_TOPIC + " STRING, "
                        + Columns.KAFKA_PARTITION + " INT, " + LOWER + " BIGINT, " + UPPER + " BIGINT"));
    }

    private void merged(Dataset<Row> merged, AuditReport report) {
        MergeWatermark watermark = MergeWatermark.read(merged);
        if (watermark.committedAt().toEpochMilli() != report.watermark() || watermark.merge() != report.merge()) {
            findings.add(Finding.of(
                    Finding.Kind.MERGE_WATERMARK,
                    lake.names().merged(),
                    "the merge watermark's row",
                    "merge " + report.merge() + " up to " + TimeFormat.of(report.watermark()),
                    "merge " + watermark.merge() + " up to "
                            + TimeFormat.of(watermark.committedAt().toEpochMilli())));
        }
        if (report.lifetime().isPresent()) {
            everyMergedRowIsThere(merged, report, report.lifetime().get());
        }
        boolean isWhole = report.tables().stream()
                .filter(span -> span.table().equals(lake.names().merged()))
                .allMatch(VersionRange::isComplete);
        if (!isWhole) {
            if (report.lifetime().isEmpty()) {
                findings.note("The rows of " + lake.names().merged() + " are not counted, since its first merges have"
                        + " expired from the log and the newest one has counted none.");
            }
            return;
        }
        SortedMap<String, Long> found = new TreeMap<>();
        merged.where(col(Columns.EVENT_DATE).isNotNull())
                .groupBy(Columns.KAFKA_CLUSTER)
                .count()
                .collectAsList()
                .forEach(row -> found.put(String.valueOf(row.get(0)), row.getLong(1)));
        report.dataCenters().forEach((name, totals) -> {
            Long rows = found.remove(name);
            expectMerged(name, totals.inMerged(), rows == null ? 0 : rows);
        });
        found.forEach((name, rows) -> expectMerged(name, 0, rows));
    }

    /** However long ago the log has expired that added them. */
    private void everyMergedRowIsThere(Dataset<Row> merged, AuditReport report, MergeMetadata.Lifetime lifetime) {
        boolean othersAreFindings = report.findings().stream()
                .anyMatch(finding -> finding.table().equals(lake.names().merged())
                        && (finding.kind() == Finding.Kind.UNKNOWN_ORIGIN
                                || finding.kind() == Finding.Kind.ROWS_CHANGED));
        long rows = merged.where(col(Columns.EVENT_DATE).isNotNull()).count();
        if (rows != lifetime.rows() && !othersAreFindings) {
            findings.add(Finding.of(
                    Finding.Kind.DATA_ROWS,
                    lake.names().merged(),
                    "all dates",
                    lifetime.rows() + " rows, the sum of all merges",
                    rows + " rows"));
        }
    }

    private void expectMerged(String dataCenter, long expected, long found) {
        if (expected != found) {
            findings.add(Finding.of(
                    Finding.Kind.DATA_ROWS, lake.names().merged(), dataCenter, expected + " rows", found + " rows"));
        }
    }

    private void everyStagedIsMerged(Dataset<Row> staging, Dataset<Row> merged, AuditReport report) {
        Column isWanted =
                unix_millis(col(Columns.ARRIVED_AT)).leq(report.watermark()).and(not(erasures.isErased()));
        if (report.removals().eventsDroppedUpTo().isPresent()) {
            isWanted = isWanted.and(col(Columns.EVENT_DATE)
                    .gt(lit(report.removals().eventsDroppedUpTo().get())));
        }
        copies.without(staging.where(isWanted), merged)
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> findings.add(Finding.of(
                        Finding.Kind.NOT_MERGED,
                        lake.names().merged(),
                        describe(row, copies.identity()),
                        "a row, since it is staged up to " + TimeFormat.of(report.watermark()),
                        "none")));
    }

    private void noneTwice() {
        Dataset<Row> view =
                new LakeSql(spark, lake).query("SELECT * FROM " + lake.names().view());
        copies.shownTwice(view)
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> findings.add(Finding.of(
                        Finding.Kind.VISIBLE_DUPLICATE,
                        lake.names().view(),
                        describe(row, copies.identity()),
                        "one row",
                        row.<Long>getAs(DuplicateRows.ROWS) + " rows")));
    }

    private static void repeated(Dataset<Row> rows, List<String> key, Consumer<Row> found) {
        rows.groupBy(columns(key))
                .agg(count(lit(1)).as(COUNT))
                .where(col(COUNT).gt(1))
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(found);
    }

    /** Data that cannot be read is a finding: the others are worth having all the same. */
    private void step(String table, Runnable comparison) {
        try {
            comparison.run();
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            findings.add(Finding.of(
                    Finding.Kind.DATA_UNREADABLE,
                    table,
                    "",
                    "data files and log as Delta wrote them",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    private Dataset<Row> at(String path, long version) {
        return DeltaTables.at(spark, path, version);
    }

    private static TopicPartitionId partition(Row row, int first) {
        return new TopicPartitionId(
                String.valueOf(row.get(first)), String.valueOf(row.get(first + 1)), row.getInt(first + 2));
    }

    private static String describe(Row row, List<String> names) {
        return names.stream().map(name -> name + " " + row.getAs(name)).collect(Collectors.joining(", "));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }
}
