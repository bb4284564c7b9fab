package io.tributary.compaction.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.config.TablesConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.view.EventsView;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.operations.views.PipelineViews;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The catalog targets of a lake, read from its Delta logs: tables with their actual columns, and the views. */
public final class LakeCatalogTargets implements CatalogTargets {

    private static final String DATE = "date";

    private final SparkSession spark;
    private final Clock clock;
    private final Lake lake;
    private final List<TableDefinition> tables;
    private final TableDefinition merged;
    private final Optional<String> manifestTable;
    private final CatalogTables entries;
    private final ColumnFills fills;

    /** @param tables all tables to register: the lake's own and the rollups */
    public LakeCatalogTargets(
            SparkSession spark, Clock clock, PipelineConfig config, Lake lake, List<TableDefinition> tables) {
        this.spark = spark;
        this.clock = clock;
        this.lake = lake;
        this.tables = List.copyOf(tables);
        this.merged = TableDefinition.merged(lake, config.columns());
        this.manifestTable = config.catalog().manifestTable();
        this.fills = new ColumnFills(lake, new HadoopFiles(spark.sessionState().newHadoopConf()));
        this.entries = CatalogTables.of(lake.names().database(), lake.root());
    }

    @Override
    public String database() {
        return lake.names().database();
    }

    @Override
    public List<String> names() {
        TablesConfig names = lake.names();
        return Stream.of(
                        tables.stream().map(TableDefinition::name),
                        Stream.of(names.view(), names.rawView(), TablesConfig.STATUS_VIEW, TablesConfig.LOG_VIEW),
                        manifestTable.stream())
                .flatMap(name -> name)
                .toList();
    }

    @Override
    public Optional<String> manifestTable() {
        return manifestTable;
    }

    @Override
    public CatalogTarget read() {
        List<CatalogTable> all = new ArrayList<>();
        Map<String, StructType> schemas = new HashMap<>();
        tables.forEach(table -> schemas.put(table.path(), schema(table.path())));
        tables.forEach(table -> all.add(entries.table(table, schemas.get(table.path()))));
        StructType staging = schemas.get(lake.staging());
        StructType target = schemas.get(lake.merged());
        CommitLog log = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf());
        MergeWatermark bound = MergeWatermark.at(
                log.newestVersion(), log, () -> spark.read().format("delta").load(lake.merged()));
        TablesConfig names = lake.names();
        all.add(entries.view(
                names.view(),
                EventsView.columns(staging, target, fills.beingFilled()),
                columns -> EventsView.sql(
                        columns, CatalogTables.quoted(names.merged()), CatalogTables.quoted(names.staging()), bound)));
        all.add(entries.view(
                names.rawView(),
                List.of(staging.fields()),
                columns -> EventsView.rawSql(columns, CatalogTables.quoted(names.staging()))));
        LakeTailReader reader = new LakeTailReader(lake, spark.sessionState().newHadoopConf(), clock);
        PipelineViews.of(reader.read(), lake)
                .forEach(view -> all.add(entries.view(view.name(), view.columns(), columns -> view.sql())));
        manifestTable.ifPresent(name -> all.add(entries.manifests(name, merged, target)));
        return new CatalogTarget(
                database(),
                entries.lake(),
                all,
                manifestTable.map(name -> new CatalogTarget.Partitions(name, partitions(target))));
    }

    @Override
    public void writeManifests() {
        DeltaTable.forPath(spark, lake.merged()).generate("symlink_format_manifest");
    }

    private StructType schema(String path) {
        return DeltaTable.forPath(spark, path).toDF().schema();
    }

    /** One partition for each event date, with a text that identifies its set of files. */
    private List<CatalogPartition> partitions(StructType schema) {
        return DeltaTables.files(spark, lake.merged())
                .withColumn(DATE, col("partitionValues").getItem(Columns.EVENT_DATE))
                .where(col(DATE).isNotNull())
                .groupBy(DATE)
                .agg(count(lit(1)), sum("size"), expr("bit_xor(xxhash64(path))"))
                .orderBy(DATE)
                .collectAsList()
                .stream()
                .map(row -> entries.manifest(row.getString(0), merged, schema, parameters(row)))
                .toList();
    }

    private static Map<String, String> parameters(Row row) {
        return Map.of(
                "numFiles", Long.toString(row.getLong(1)),
                "totalSize", Long.toString(row.getLong(2)),
                "tributary.files", Long.toHexString(row.getLong(3)));
    }
}
