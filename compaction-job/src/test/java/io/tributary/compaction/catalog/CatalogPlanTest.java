package io.tributary.compaction.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.OperatorActionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogPlanTest {

    private static final String LAKE = "s3://b/lake";
    private static final CatalogTable TABLE = table(LAKE, "s3://b/lake/t", "id");
    private static final CatalogTable VIEW = view("SELECT 1");

    @Test
    void anEmptyCatalogGetsTheDatabaseAndEveryEntry() {
        CatalogPlan plan = CatalogPlan.decide(target(TABLE, VIEW), CatalogState.EMPTY);

        assertThat(plan.actions())
                .containsExactly(
                        new CatalogChange.CreateDatabase(),
                        new CatalogChange.Create(TABLE),
                        new CatalogChange.Create(VIEW));
        assertThat(plan.describe()).isEqualTo("create the database, create table t, create view v");
    }

    @Test
    void nothingIsDoneWhereNothingDiffers() {
        CatalogPlan plan = CatalogPlan.decide(target(TABLE, VIEW), state(TABLE, VIEW));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.describe()).isEqualTo("the catalog is up to date");
    }

    @Test
    void onlyWhatDiffersIsUpdatedAtTheVersionThatWasSeen() {
        CatalogTable wider = table(LAKE, "s3://b/lake/t", "id", "gained");

        assertThat(CatalogPlan.decide(target(wider, VIEW), state(TABLE, VIEW)).actions())
                .containsExactly(new CatalogChange.Update(wider, "7"));
        CatalogTable renewed = view("SELECT 2");
        assertThat(CatalogPlan.decide(target(TABLE, renewed), state(TABLE, VIEW))
                        .actions())
                .containsExactly(new CatalogChange.Update(renewed, "7"));
    }

    @Test
    void parametersOfOthersStay() {
        CatalogTable crawled = with(TABLE, Map.of("CrawlerSchemaSerializerVersion", "1.0"));
        CatalogTable wider = table(LAKE, "s3://b/lake/t", "id", "gained");

        assertThat(CatalogPlan.decide(target(TABLE), state(crawled)).actions()).isEmpty();
        CatalogChange.Update update = (CatalogChange.Update)
                CatalogPlan.decide(target(wider), state(crawled)).actions().get(0);
        assertThat(update.entry().columns()).hasSize(2);
        assertThat(update.entry().parameters())
                .containsEntry("CrawlerSchemaSerializerVersion", "1.0")
                .containsEntry(CatalogTable.LAKE, LAKE);
    }

    @Test
    void aParameterOfOursThatOthersChangedIsPutRight() {
        CatalogTable changed = with(TABLE, Map.of("table_type", "iceberg"));

        assertThat(CatalogPlan.decide(target(TABLE), state(changed)).actions())
                .containsExactly(new CatalogChange.Update(TABLE, "7"));
    }

    @Test
    void whatIsNotOursIsRefusedAndNothingIsDone() {
        CatalogTable stranger = new CatalogTable(
                "t",
                CatalogTable.Type.OTHER,
                "",
                List.of(),
                List.of(),
                Map.of(),
                TableStorage.delta("s3://elsewhere/t"),
                Optional.empty());

        assertThatThrownBy(() -> CatalogPlan.decide(target(TABLE, VIEW), state(stranger)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessage("The catalog has under this lake's names what is not this lake's: entry db.t has no"
                        + " parameter tributary.lake. Nothing was changed there. Drop the entry if nobody needs it (that"
                        + " removes no data), or give this pipeline another tables.database or other names.");
    }

    @Test
    void entriesOfAnotherLakeAreRefusedTogether() {
        CatalogTable otherTable = table("s3://b/other", "s3://b/other/t", "id");
        CatalogTable otherView = with(VIEW, Map.of(CatalogTable.LAKE, "s3://b/other"));

        assertThatThrownBy(() -> CatalogPlan.decide(target(TABLE, VIEW), state(otherTable, otherView)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("table db.t belongs to the lake s3://b/other and not to s3://b/lake; view db.v"
                        + " belongs to the lake s3://b/other and not to s3://b/lake");
    }

    @Test
    void anEntryThatWasPointedElsewhereOrBecameSomethingElseIsRefused() {
        CatalogTable moved = table(LAKE, "s3://b/elsewhere", "id");
        CatalogTable viewAsTable = new CatalogTable(
                "v",
                CatalogTable.Type.EXTERNAL_TABLE,
                "",
                List.of(),
                List.of(),
                Map.of(CatalogTable.LAKE, LAKE),
                TableStorage.NONE,
                Optional.empty());

        assertThatThrownBy(() -> CatalogPlan.decide(target(TABLE, VIEW), state(moved, viewAsTable)))
                .hasMessageContaining("table db.t lies at \"s3://b/elsewhere\" and not at s3://b/lake/t")
                .hasMessageContaining("table db.v is no view");
    }

    @Test
    void partitionsAreCreatedUpdatedAndDroppedAfterTheirManifestsAreWritten() {
        CatalogPartition same = partition("2026-01-01", "1");
        CatalogPartition changed = partition("2026-01-02", "2");
        CatalogPartition fresh = partition("2026-01-03", "1");
        Map<String, CatalogPartition> present = Map.of(
                "2026-01-01", same, "2026-01-02", partition("2026-01-02", "1"), "2025-12-31", partition("x", "1"));

        CatalogPlan plan = CatalogPlan.decide(
                target(List.of(same, changed, fresh), TABLE), new CatalogState(true, found(TABLE), present));

        assertThat(plan.actions())
                .containsExactly(
                        new CatalogChange.WriteManifests(),
                        new CatalogChange.CreatePartitions("t", List.of(fresh)),
                        new CatalogChange.UpdatePartitions("t", List.of(changed)),
                        new CatalogChange.DropPartitions("t", List.of("2025-12-31")));
        assertThat(CatalogPlan.decide(
                                target(List.of(same), TABLE),
                                new CatalogState(true, found(TABLE), Map.of("2026-01-01", same)))
                        .actions())
                .isEmpty();
    }

    private static CatalogTable table(String lake, String location, String... columns) {
        return new CatalogTable(
                "t",
                CatalogTable.Type.EXTERNAL_TABLE,
                "a table",
                List.of(columns).stream()
                        .map(name -> new CatalogColumn(name, "string", ""))
                        .toList(),
                List.of(),
                Map.of(CatalogTable.LAKE, lake, "table_type", "delta"),
                TableStorage.delta(location),
                Optional.empty());
    }

    private static CatalogTable view(String text) {
        return new CatalogTable(
                "v",
                CatalogTable.Type.VIRTUAL_VIEW,
                "a view",
                List.of(),
                List.of(),
                Map.of(CatalogTable.LAKE, LAKE),
                TableStorage.NONE,
                Optional.of(text));
    }

    private static CatalogTable with(CatalogTable entry, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(entry.parameters());
        all.putAll(parameters);
        return new CatalogTable(
                entry.name(),
                entry.type(),
                entry.description(),
                entry.columns(),
                entry.partitionKeys(),
                all,
                entry.storage(),
                entry.viewText());
    }

    private static CatalogPartition partition(String date, String files) {
        return new CatalogPartition(
                date, List.of(), TableStorage.manifests("s3://b/" + date), Map.of("numFiles", files));
    }

    private static CatalogTarget target(CatalogTable... entries) {
        return new CatalogTarget("db", LAKE, List.of(entries), Optional.empty());
    }

    private static CatalogTarget target(List<CatalogPartition> partitions, CatalogTable... entries) {
        return new CatalogTarget(
                "db", LAKE, List.of(entries), Optional.of(new CatalogTarget.Partitions("t", partitions)));
    }

    private static CatalogState state(CatalogTable... entries) {
        return new CatalogState(true, found(entries), Map.of());
    }

    private static Map<String, ExistingTable> found(CatalogTable... entries) {
        Map<String, ExistingTable> found = new HashMap<>();
        for (CatalogTable entry : entries) {
            found.put(entry.name(), new ExistingTable(entry, "7"));
        }
        return found;
    }
}
