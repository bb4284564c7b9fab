package io.tributary.compaction.catalog;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import io.tributary.compaction.MergeJob;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lab.glue.GlueLab;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.fill.FillOrder;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The merge job with a catalog: what it registers of real Delta tables, and what it does when it cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogSyncIT {

    private static final PipelineConfig CONFIG =
            PipelineConfig.parse("catalog: {type: glue, manifest_table: events_manifests}", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T23:59:58Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T07:00:00Z");
    private static final String DB = "tributary";

    @TempDir
    Path dir;

    private final Map<String, String> properties = new TreeMap<>();
    private LocalRuntime runtime;
    private LakeTemplate template;
    private GlueLab glue;
    private int lakes;
    private Lake lake;
    private StagedBatches staging;

    @BeforeAll
    void startSpark(@TempDir Path folder) {
        runtime = LocalRuntime.open("publish-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder, CONFIG);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        glue = GlueLab.start(0);
        properties.putAll(glue.endpoint().properties());
        properties.put("aws.accessKeyId", "key");
        properties.put("aws.secretAccessKey", "secret");
        properties.forEach(System::setProperty);
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
        staging = new StagedBatches(runtime.spark(), lake, NOW);
    }

    @AfterEach
    void stop() {
        glue.close();
        properties.keySet().forEach(System::clearProperty);
    }

    @Test
    void theEntriesSayWhatTheLogsSayAndARunWithoutNewsWritesNothing() {
        staging.append(onTime("a", NOW));
        merge();

        JsonNode merged = glue.table(DB, "events_merged");
        assertThat(merged.at("/StorageDescriptor/Location").asText()).isEqualTo(lake.merged());
        assertThat(merged.at("/Parameters/table_type").asText()).isEqualTo("delta");
        assertThat(merged.at("/StorageDescriptor/Columns/1").toString())
                .isEqualTo("{\"Name\":\"event_time\",\"Type\":\"timestamp\",\"Comment\":\"When the event happened\"}");
        assertThat(glue.table(DB, "events_quarantine")
                        .at("/StorageDescriptor/Columns/2/Type")
                        .asText())
                .isEqualTo("binary");
        glue.actions();
        merge();
        assertThat(glue.actions()).isNotEmpty().allMatch(action -> action.startsWith("Get"));
    }

    @Test
    void everyMergeRenewsTheBoundsOfTheView() throws IOException {
        staging.append(onTime("a", NOW));
        merge();
        JsonNode view = view("events");
        assertThat(view.path("catalog").asText()).isEqualTo("awsdatacatalog");
        assertThat(view.path("schema").asText()).isEqualTo(DB);
        assertThat(view.path("originalSql").asText())
                .startsWith("SELECT \"event_id\", \"event_time\", ")
                .contains("FROM \"events_merged\"\n", "FROM \"events_staging\"\n")
                .contains("arrived_at > TIMESTAMP '2026-03-01 23:59:58.000 UTC'");
        assertThat(view.at("/columns/1").toString())
                .isEqualTo("{\"name\":\"event_time\",\"type\":\"timestamp(3) with time zone\"}");
        assertThat(view("events_raw").path("originalSql").asText()).endsWith("\nFROM \"events_staging\"");

        staging.append(onTime("b", NOW));
        staging.append(onTime("c", NOW));
        glue.actions();
        merge();
        assertThat(view("events").path("originalSql").asText())
                .contains("arrived_at > TIMESTAMP '2026-03-02 00:00:00.000 UTC'");
        // The views events, pipeline_status and pipeline_log.
        assertThat(glue.actions()).filteredOn("UpdateTable"::equals).hasSize(3);
        assertThat(view("pipeline_status").path("originalSql").asText()).contains("AS \"valid_through\"");
        assertThat(view("pipeline_log").path("originalSql").asText()).contains("'merge 2: 2 rows merged of 2 staged");
    }

    @Test
    void aColumnThatIsBeingFilledIsInTheViewWhenAllEventsHaveIt() throws IOException {
        PipelineConfig config = PipelineConfig.parse(
                "{catalog: {type: glue}, columns: [{name: amount, type: long, from: /amount}]}", "test");
        staging.sendPayloads(id -> "{\"amount\":7}");
        staging.append(onTime("a", NOW), late("b", LONG_AGO));
        merge();
        ColumnFills fills = new ColumnFills(lake, new HadoopFiles(new Configuration()));
        fills.add(new FillOrder(
                0,
                NOW,
                "somebody",
                "test",
                new TreeMap<>(Map.of("amount", ColumnDigest.of(config.columns().get(0), config.event()))),
                new TreeMap<>()));
        glue.refuseNext("UpdateTable", "AccessDeniedException", 1);
        MergeJob job = new MergeJob(runtime, config, lake);
        assertThatThrownBy(job::run).hasMessageContaining("catalog");
        assertThat(fills.progress(1)).as("begun while a view may show it").isEmpty();

        new MergeJob(runtime, config, lake).run();
        assertThat(view("events").path("originalSql").asText())
                .as("the stream may go on without it")
                .doesNotContain("\"amount\"");
        StagedBatches restarted = staging.withColumns(config.columns(), (id, column) -> 7L);
        restarted.knowColumns(ColumnDigest.ofAll(config));
        restarted.append(onTime("c", NOW));
        new MergeJob(runtime, config, lake).run();

        assertThat(fills.beingFilled()).isEmpty();
        assertThat(view("events").path("originalSql").asText()).contains("\"amount\"");
        assertThat(runtime.spark()
                        .read()
                        .format("delta")
                        .load(lake.merged())
                        .where("amount = 7")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void afterARestoreTheBoundOfTheViewFallsEvenIfNothingCanBeMerged() throws IOException {
        staging.append(onTime("a", NOW));
        merge();
        long restored =
                new CommitLog(lake.merged(), runtime.spark().sessionState().newHadoopConf()).newestVersion();
        staging.append(onTime("b", NOW));
        merge();
        assertThat(view("events").path("originalSql").asText())
                .contains("arrived_at > TIMESTAMP '2026-03-01 23:59:59.000 UTC'");

        DeltaTable.forPath(runtime.spark(), lake.merged()).restoreToVersion(restored);
        for (String file :
                runtime.spark().read().format("delta").load(lake.staging()).inputFiles()) {
            Files.delete(Path.of(URI.create(file)));
        }

        assertThatThrownBy(this::merge).hasStackTraceContaining(".parquet");
        assertThat(view("events").path("originalSql").asText())
                .as("b is above the bound again")
                .contains("arrived_at > TIMESTAMP '2026-03-01 23:59:58.000 UTC'");
    }

    @Test
    void aCatalogThatFailsUndoesNoMergeAndTheNextRunRepairsIt() {
        staging.append(onTime("a", NOW));
        glue.refuseNext("CreateDatabase", "AccessDeniedException", 1);

        assertThatThrownBy(this::merge)
                .isInstanceOfSatisfying(OperatorActionException.class, e -> assertThat(e.exitCode())
                        .isEqualTo(3))
                .hasMessageStartingWith("The lake is merged and whole, but the catalog's database tributary does not"
                        + " show its newest state: Glue: the attempt to create the database in the database tributary")
                .hasMessageEndingWith("The next run brings it up to date.");
        assertThat(runtime.spark()
                        .read()
                        .format("delta")
                        .load(lake.merged())
                        .where("event_id = 'a'")
                        .count())
                .isEqualTo(1);

        merge();
        assertThat(glue.table(DB, "events").path("TableType").asText()).isEqualTo("VIRTUAL_VIEW");
    }

    @Test
    void anotherLakesEntriesAreRefused() {
        merge();
        Lake first = lake;
        lake = Lake.of(Optional.of(dir.resolve("another").toString()), CONFIG);

        assertThatThrownBy(this::merge)
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining(
                        "view tributary.events belongs to the lake " + first.root() + " and not to " + lake.root());
        assertThat(glue.table(DB, "events_merged")
                        .at("/StorageDescriptor/Location")
                        .asText())
                .isEqualTo(first.merged());
    }

    @Test
    void manifestsListTheFilesOfEachDateAndOnlyChangedDatesAreRegisteredAgain() throws IOException {
        staging.append(onTime("a", NOW), late("b", LONG_AGO));
        merge();
        assertThat(partitions()).containsOnlyKeys("2026-01-05", "2026-03-01");
        assertThat(idsByManifests()).containsExactlyInAnyOrder("a", "b");

        staging.append(onTime("c", NOW), late("d", LONG_AGO.plusSeconds(86_400)));
        glue.actions();
        JsonNode untouched = partitions().get("2026-01-05");
        merge();
        assertThat(glue.actions()).contains("BatchCreatePartition", "BatchUpdatePartition");
        assertThat(partitions()).containsOnlyKeys("2026-01-05", "2026-01-06", "2026-03-01");
        assertThat(partitions().get("2026-01-05")).isEqualTo(untouched);
        assertThat(partitions().get("2026-03-01").at("/Parameters/numFiles").asText())
                .isEqualTo("2");
        assertThat(idsByManifests()).containsExactlyInAnyOrder("a", "b", "c", "d");

        JsonNode table = glue.table(DB, "events_manifests");
        assertThat(table.at("/PartitionKeys/0/Name").asText()).isEqualTo("event_date");
        assertThat(table.at("/StorageDescriptor/Columns").findValuesAsText("Name"))
                .doesNotContain("event_date");
        assertThat(table.at("/StorageDescriptor/InputFormat").asText()).endsWith("SymlinkTextInputFormat");
    }

    private void merge() {
        new MergeJob(runtime, CONFIG, lake).run();
    }

    private JsonNode view(String name) throws IOException {
        String text = glue.table(DB, name).path("ViewOriginalText").asText();
        assertThat(text).startsWith("/* Presto View: ").endsWith(" */");
        byte[] json = Base64.getDecoder().decode(text.substring("/* Presto View: ".length(), text.length() - 3));
        return new ObjectMapper().readTree(json);
    }

    private Map<String, JsonNode> partitions() {
        Map<String, JsonNode> partitions = new TreeMap<>();
        glue.ask("GetPartitions", "{\"DatabaseName\":\"tributary\",\"TableName\":\"events_manifests\"}")
                .path("Partitions")
                .forEach(partition -> partitions.put(partition.at("/Values/0").asText(), partition));
        return partitions;
    }

    /** What an engine finds that follows the partitions to their manifests, and those to Parquet files. */
    private List<String> idsByManifests() throws IOException {
        List<String> files = new ArrayList<>();
        for (JsonNode partition : partitions().values()) {
            Path folder = Path.of(
                    URI.create(partition.at("/StorageDescriptor/Location").asText()));
            files.addAll(Files.readAllLines(folder.resolve("manifest"), StandardCharsets.UTF_8));
        }
        return runtime.spark().read().parquet(files.toArray(String[]::new)).select("event_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
