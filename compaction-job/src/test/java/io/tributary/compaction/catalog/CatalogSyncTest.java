package io.tributary.compaction.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.compaction.catalog.glue.GlueCatalog;
import io.tributary.config.CatalogConfig;
import io.tributary.config.CatalogType;
import io.tributary.error.OperatorActionException;
import io.tributary.lab.glue.GlueLab;
import io.tributary.runtime.GlueEndpoint;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher and its adapter against a Glue endpoint that fails when it is told to. */
class CatalogSyncTest {

    private static final String DB = "db";
    private static final String LAKE = "s3://b/lake";
    private static final Map<String, String> CREDENTIALS = Map.of("aws.accessKeyId", "k", "aws.secretAccessKey", "s");
    private static final CatalogConfig CONFIG =
            new CatalogConfig(CatalogType.GLUE, Optional.of("123456789012"), Optional.empty());

    private GlueLab glue;
    private Catalog catalog;
    private Lake lake;

    @BeforeAll
    static void setCredentials() {
        CREDENTIALS.forEach(System::setProperty);
    }

    @AfterAll
    static void clearCredentials() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
    }

    @BeforeEach
    void serve() {
        glue = GlueLab.start(0);
        catalog = open(glue.endpoint());
        lake = new Lake();
    }

    @AfterEach
    void stop() {
        catalog.close();
        glue.close();
    }

    @Test
    void whatIsMissingIsCreatedAndASecondRunOnlyLooks() {
        assertThat(publish()).isEqualTo("create the database, create table t, create view v");
        glue.actions();

        assertThat(publish()).isEqualTo("the catalog is up to date");
        assertThat(glue.actions()).containsExactly("GetDatabase", "GetTable", "GetTable", "GetTable");

        JsonNode table = glue.table(DB, "t");
        assertThat(table.path("TableType").asText()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.at("/StorageDescriptor/Location").asText()).isEqualTo(LAKE + "/t");
        assertThat(table.at("/StorageDescriptor/SerdeInfo/Parameters/path").asText())
                .isEqualTo(LAKE + "/t");
        assertThat(table.at("/StorageDescriptor/Columns/0").toString())
                .isEqualTo("{\"Name\":\"id\",\"Type\":\"string\",\"Comment\":\"about id\"}");
        JsonNode view = glue.table(DB, "v");
        assertThat(view.path("TableType").asText()).isEqualTo("VIRTUAL_VIEW");
        assertThat(view.path("Owner").asText()).isEqualTo("tributary");
        assertThat(view.path("ViewOriginalText").asText()).isEqualTo("SELECT 1");
        assertThat(view.path("ViewExpandedText").asText()).isEqualTo("/* Presto View */");
    }

    @Test
    void whatDiffersIsUpdatedAndNothingElse() {
        publish();
        lake.columns.add("gained");
        glue.actions();

        assertThat(publish()).isEqualTo("update table t");
        assertThat(glue.actions())
                .filteredOn(action -> !action.startsWith("Get"))
                .containsExactly("UpdateTable");
        assertThat(glue.table(DB, "t").at("/StorageDescriptor/Columns/1/Name").asText())
                .isEqualTo("gained");
    }

    @Test
    void theCatalogIsReadBeforeTheLake() {
        publish();
        glue.actions();
        lake.columns.add("gained");
        List<String> before = new ArrayList<>();
        lake.atReading = () -> before.addAll(glue.actions());

        assertThat(publish()).isEqualTo("update table t");
        assertThat(before).containsExactly("GetDatabase", "GetTable", "GetTable", "GetTable");
        assertThat(glue.actions()).containsExactly("UpdateTable");
    }

    @Test
    void aChangeBetweenPlanAndUpdateIsSeenAndPlannedAnew() {
        publish();
        lake.columns.add("gained");
        glue.beforeNext("UpdateTable", () -> addParameter("owner_of_cost", "analytics"));

        assertThat(publish()).isEqualTo("update table t");
        JsonNode table = glue.table(DB, "t");
        assertThat(table.at("/StorageDescriptor/Columns")).hasSize(2);
        assertThat(table.at("/Parameters/owner_of_cost").asText()).isEqualTo("analytics");
        assertThat(table.path("VersionId").asText()).isEqualTo("2");
    }

    @Test
    void whoeverChangesTheEntryAgainAndAgainIsReported() {
        publish();
        lake.columns.add("gained");
        for (int i = 0; i < 5; i++) {
            String value = "round " + i;
            glue.beforeNext("UpdateTable", () -> addParameter("x", value));
        }

        assertThatThrownBy(this::publish)
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("The lake is merged and whole, but the catalog's database db does not show")
                .hasMessageContaining("Others changed it 5 times while it was being written")
                .hasMessageContaining("the attempt to update table t in the database db met"
                        + " ConcurrentModificationException: Update table failed due to concurrent modifications");
        assertThat(publish()).isEqualTo("update table t");
    }

    @Test
    void anEntryThatAnotherRunCreatedFirstIsTakenAsItIs() {
        Lake other = new Lake();
        glue.beforeNext("CreateDatabase", () -> {
            try (Catalog second = open(glue.endpoint())) {
                new CatalogSync(second, other).publish();
            }
        });

        assertThat(publish()).isEqualTo("the catalog is up to date");
    }

    @Test
    void throttlingIsWaitedOut() {
        glue.refuseNext("GetDatabase", "ThrottlingException", 1);
        glue.refuseNext("CreateTable", "ThrottlingException", 1);

        assertThat(publish()).startsWith("create the database");
        assertThat(glue.actions()).filteredOn("CreateTable"::equals).hasSize(3);
    }

    @Test
    void throttlingWithoutEndIsAFailureAndTheNextRunFinishes() {
        glue.refuseNext("CreateTable", "ThrottlingException", 3);

        assertThatThrownBy(this::publish)
                .isInstanceOf(OperatorActionException.class)
                .hasMessage("The lake is merged and whole, but the catalog's database db does not show its newest"
                        + " state: Glue: the attempt to create table t in the database db failed: Glue throttled"
                        + " the job (ThrottlingException: as told), after 3 attempts. If this continues, have the"
                        + " account's quota of Glue requests raised. The next run brings it up to date.");
        assertThat(publish()).isEqualTo("create table t, create view v");
    }

    @Test
    void aRefusalNamesThePermission() {
        glue.refuseNext("CreateDatabase", "AccessDeniedException", 1);

        assertThatThrownBy(this::publish)
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("the attempt to create the database in the database db failed: access was denied"
                        + " (AccessDeniedException: as told). The job's role needs glue:CreateDatabase on the");
    }

    @Test
    void anEndpointThatIsNotThereIsReported() {
        GlueEndpoint gone = glue.endpoint();
        glue.close();

        try (Catalog unreachable = open(gone)) {
            assertThatThrownBy(() -> new CatalogSync(unreachable, lake).publish())
                    .isInstanceOf(OperatorActionException.class)
                    .hasMessageContaining("looking up the database db failed")
                    .hasMessageContaining("Check that the job has credentials and reaches Glue");
        }
    }

    @Test
    void aTableOfSomebodyElseIsRefusedAndStaysAsItIs() {
        glue.ask("CreateDatabase", "{\"DatabaseInput\":{\"Name\":\"db\"}}");
        glue.ask("CreateTable", "{\"DatabaseName\":\"db\",\"TableInput\":{\"Name\":\"t\",\"Description\":\"mine\"}}");

        assertThatThrownBy(this::publish)
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("entry db.t has no parameter tributary.lake");
        assertThat(glue.table(DB, "t").path("Description").asText()).isEqualTo("mine");
        assertThat(glue.actions()).allMatch(action -> action.startsWith("Get"));
    }

    @Test
    void partitionsGoInPartsAndOnlyTheChangedOnesGoAgain() {
        lake.dates = 130;
        assertThat(publish()).endsWith("create table m, write manifests, create 130 partitions of m");
        assertThat(glue.actions()).filteredOn("BatchCreatePartition"::equals).hasSize(2);

        lake.dates = 131;
        lake.filesOfTheFirst = "2";
        assertThat(publish()).isEqualTo("write manifests, create 1 partitions of m, update 1 partitions of m");
        assertThat(lake.manifests).isEqualTo(2);
        assertThat(publish()).isEqualTo("the catalog is up to date");

        lake.dates = 100;
        assertThat(publish()).isEqualTo("write manifests, drop 31 partitions of m");
        assertThat(glue.actions()).filteredOn("BatchDeletePartition"::equals).hasSize(2);
        assertThat(catalog.partitions(DB, "m")).hasSize(100);
    }

    @Test
    void aPartitionThatAnotherRunCreatedFirstIsTakenAsItIs() {
        lake.dates = 3;
        glue.beforeNext(
                "BatchCreatePartition",
                () -> glue.ask(
                        "BatchCreatePartition",
                        "{\"DatabaseName\":\"db\",\"TableName\":\"m\",\"PartitionInputList\":[{\"Values\":"
                                + "[\"2026-01-02\"],\"StorageDescriptor\":{\"Columns\":[]},\"Parameters\":{}}]}"));

        assertThat(publish()).isEqualTo("write manifests, update 1 partitions of m");
        assertThat(catalog.partitions(DB, "m")).hasSize(3);
    }

    private String publish() {
        return new CatalogSync(catalog, lake).publish();
    }

    private static Catalog open(GlueEndpoint endpoint) {
        return GlueCatalog.open(CONFIG, Optional.of(endpoint), 3);
    }

    private void addParameter(String name, String value) {
        ObjectNode table = glue.table(DB, "t").deepCopy();
        table.withObject("/Parameters").put(name, value);
        glue.ask("UpdateTable", "{\"DatabaseName\":\"db\",\"TableInput\":" + table + "}");
    }

    /** A lake with a table, a view, and a manifest table if it has dates. */
    private static final class Lake implements CatalogTargets {

        private final List<String> columns = new ArrayList<>(List.of("id"));
        private Runnable atReading = () -> {};
        private int dates;
        private String filesOfTheFirst = "1";
        private int manifests;

        @Override
        public String database() {
            return DB;
        }

        @Override
        public List<String> names() {
            return List.of("t", "v", "m");
        }

        @Override
        public Optional<String> manifestTable() {
            return dates == 0 ? Optional.empty() : Optional.of("m");
        }

        @Override
        public CatalogTarget read() {
            atReading.run();
            List<CatalogTable> entries = new ArrayList<>(List.of(table(), view()));
            manifestTable().ifPresent(name -> entries.add(manifestEntry(name)));
            return new CatalogTarget(
                    DB, LAKE, entries, manifestTable().map(name -> new CatalogTarget.Partitions(name, partitions())));
        }

        @Override
        public void writeManifests() {
            manifests++;
        }

        private CatalogTable table() {
            return new CatalogTable(
                    "t",
                    CatalogTable.Type.EXTERNAL_TABLE,
                    "a table",
                    columns.stream()
                            .map(name -> new CatalogColumn(name, "string", "about " + name))
                            .toList(),
                    List.of(),
                    Map.of(CatalogTable.LAKE, LAKE, "table_type", "delta"),
                    TableStorage.delta(LAKE + "/t"),
                    Optional.empty());
        }

        private CatalogTable view() {
            return new CatalogTable(
                    "v",
                    CatalogTable.Type.VIRTUAL_VIEW,
                    "a view",
                    List.of(new CatalogColumn("id", "string", "")),
                    List.of(),
                    Map.of(CatalogTable.LAKE, LAKE, "presto_view", "true"),
                    TableStorage.NONE,
                    Optional.of("SELECT 1"));
        }

        private CatalogTable manifestEntry(String name) {
            return new CatalogTable(
                    name,
                    CatalogTable.Type.EXTERNAL_TABLE,
                    "by manifests",
                    List.of(new CatalogColumn("id", "string", "")),
                    List.of(new CatalogColumn("event_date", "date", "")),
                    Map.of(CatalogTable.LAKE, LAKE),
                    TableStorage.manifests(LAKE + "/m"),
                    Optional.empty());
        }

        private List<CatalogPartition> partitions() {
            return IntStream.range(0, dates)
                    .mapToObj(day -> new CatalogPartition(
                            LocalDate.of(2026, 1, 1).plusDays(day).toString(),
                            List.of(new CatalogColumn("id", "string", "")),
                            TableStorage.manifests(LAKE + "/m/" + day),
                            Map.of("numFiles", day == 0 ? filesOfTheFirst : "1")))
                    .toList();
        }
    }
}
