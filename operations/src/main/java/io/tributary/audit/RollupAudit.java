package io.tributary.audit;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.config.MeasureConfig;
import io.tributary.config.MeasureType;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.RollupMetadata;
import io.tributary.lake.log.DeltaTables;
import io.tributary.schema.Lake;
import io.tributary.schema.RollupMeasures;
import io.tributary.schema.RollupSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Holds every row of each rollup against the events of its bucket and group, at the version of the merged table that the
 * rollup's metadata names. Numbers of different values are estimates and not compared.
 */
final class RollupAudit {

    private static final int EXAMPLES = 20;
    private static final String ROWS = "differing_rows";
    private static final String IS_THERE = "is_there";

    /** Sums of doubles depend on the order of addition in their last digits. */
    private static final double TOLERANCE = 1e-9;

    private final SparkSession spark;
    private final Lake lake;
    private final PipelineConfig config;
    private final FindingCollector findings = new FindingCollector();

    RollupAudit(SparkSession spark, Lake lake, PipelineConfig config) {
        this.spark = spark;
        this.lake = lake;
        this.config = config;
    }

    AuditReport compare() {
        config.rollups().forEach(this::compare);
        return AuditReport.of(findings);
    }

    private void compare(RollupConfig rollup) {
        String path = lake.rollup(rollup);
        if (!DeltaTable.isDeltaTable(spark, path)) {
            findings.note("The rollup " + rollup.name() + " has not been computed yet.");
            return;
        }
        CommitLog log = new CommitLog(path, spark.sessionState().newHadoopConf());
        long version = log.newestVersion();
        Optional<RollupMetadata> metadata =
                log.findNewest(RollupMetadata.class, version).flatMap(CommitLog.Newest::ifNotRestored);
        StructType schema = RollupSchema.of(rollup, config.columns());
        if (metadata.isEmpty() || !metadata.get().definition().startsWith(rollup.definition() + " as ")) {
            findings.note("The rollup " + rollup.name()
                    + " is not compared: it has no commit metadata, or was made by another"
                    + " definition than the configuration's; the next merge computes it as a whole.");
            return;
        }
        try {
            Dataset<Row> events =
                    merged(metadata.get()).where(col(Columns.EVENT_DATE).isNotNull());
            compare(rollup, version, new RollupMeasures(rollup, schema).ofEvents(events), at(path, version));
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            unreadable(rollup, version, metadata.get(), e);
        }
    }

    /** The merged table as the rollup has taken it in; as it is now, if no merge came since and that version has expired. */
    private Dataset<Row> merged(RollupMetadata metadata) throws Exception {
        try {
            return at(lake.merged(), metadata.mergedVersion());
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            if (newestMerge() == metadata.merge()) {
                return newestMerged();
            }
            throw e;
        }
    }

    private void unreadable(RollupConfig rollup, long version, RollupMetadata metadata, Exception failure) {
        String why = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (newestMerge() > metadata.merge()) {
            findings.note("The rollup " + rollup.name() + " stands still at merge " + metadata.merge()
                    + " and is not compared, since the merged table of then cannot be read any more: " + why);
            return;
        }
        findings.add(new Finding(
                Finding.Kind.DATA_UNREADABLE,
                rollup.name(),
                version,
                "merge " + metadata.merge(),
                "its rows, and those of version " + metadata.mergedVersion() + " of "
                        + lake.names().merged(),
                why));
    }

    private long newestMerge() {
        return MergeWatermark.read(newestMerged()).merge();
    }

    private Dataset<Row> newestMerged() {
        return spark.read().format("delta").load(lake.merged());
    }

    private void compare(RollupConfig rollup, long version, Dataset<Row> expected, Dataset<Row> found) {
        List<String> key = new ArrayList<>(List.of(Columns.EVENT_DATE, Columns.BUCKET_START));
        key.addAll(rollup.groupBy());
        Dataset<Row> left = expected.withColumn(IS_THERE, lit(true)).as("expected");
        Dataset<Row> right = found.withColumn(IS_THERE, lit(true)).as("found");
        Column sameKey = key.stream()
                .map(name -> expected(name).eqNullSafe(found(name)))
                .reduce(Column::and)
                .orElseThrow();
        Column same = expected(IS_THERE).eqNullSafe(found(IS_THERE));
        for (MeasureConfig measure : rollup.measures()) {
            if (measure.type() != MeasureType.APPROX_DISTINCT) {
                same = same.and(same(measure.name(), found));
            }
        }
        left.join(right, sameKey, "full_outer")
                .where(not(same))
                .groupBy(coalesce(expected(Columns.EVENT_DATE), found(Columns.EVENT_DATE))
                        .as(Columns.EVENT_DATE))
                .agg(count(lit(1)).as(ROWS))
                .orderBy(Columns.EVENT_DATE)
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> findings.add(new Finding(
                        Finding.Kind.ROLLUP,
                        rollup.name(),
                        version,
                        "event_date " + row.get(0),
                        "every bucket and group as its events add up",
                        row.getLong(1) + " rows that differ")));
    }

    private static Column same(String measure, Dataset<Row> found) {
        Column one = expected(measure);
        Column other = found(measure);
        boolean isDouble = found.schema().apply(measure).dataType().equals(DataTypes.DoubleType);
        Column isSame = one.eqNullSafe(other);
        return isDouble
                ? isSame.or(coalesce(
                        abs(one.minus(other)).leq(greatest(abs(one), abs(other)).multiply(lit(TOLERANCE))), lit(false)))
                : isSame;
    }

    private static Column expected(String column) {
        return col("expected.`" + column + "`");
    }

    private static Column found(String column) {
        return col("found.`" + column + "`");
    }

    private Dataset<Row> at(String path, long version) {
        return DeltaTables.at(spark, path, version);
    }
}
