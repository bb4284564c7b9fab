package io.tributary.compaction.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.runtime.OperatorActionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CataloguePlanTest {

    private static final String LAKE = "s3://b/lake";
    private static final Entry TABLE = table(LAKE, "s3://b/lake/t", "id");
    private static final Entry VIEW = view("SELECT 1");

    @Test
    void anEmptyCatalogueGetsTheDatabaseAndEveryEntry() {
        CataloguePlan plan = CataloguePlan.decide(publication(TABLE, VIEW), CatalogueState.EMPTY);

        assertThat(plan.actions())
                .containsExactly(new Action.CreateDatabase(), new Action.Create(TABLE), new Action.Create(VIEW));
        assertThat(plan.words()).isEqualTo("create the database, create table t, create view v");
    }

    @Test
    void nothingIsDoneWhereNothingDiffers() {
        CataloguePlan plan = CataloguePlan.decide(publication(TABLE, VIEW), state(TABLE, VIEW));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.words()).isEqualTo("the catalogue is up to date");
    }

    @Test
    void onlyWhatDiffersIsUpdatedAtTheVersionThatWasSeen() {
        Entry wider = table(LAKE, "s3://b/lake/t", "id", "gained");

        assertThat(CataloguePlan.decide(publication(wider, VIEW), state(TABLE, VIEW))
                        .actions())
                .containsExactly(new Action.Update(wider, "7"));
        Entry renewed = view("SELECT 2");
        assertThat(CataloguePlan.decide(publication(TABLE, renewed), state(TABLE, VIEW))
                        .actions())
                .containsExactly(new Action.Update(renewed, "7"));
    }

    @Test
    void parametersOfOthersStay() {
        Entry crawled = with(TABLE, Map.of("CrawlerSchemaSerializerVersion", "1.0"));
        Entry wider = table(LAKE, "s3://b/lake/t", "id", "gained");

        assertThat(CataloguePlan.decide(publication(TABLE), state(crawled)).actions())
                .isEmpty();
        Action.Update update = (Action.Update) CataloguePlan.decide(publication(wider), state(crawled))
                .actions()
                .get(0);
        assertThat(update.entry().columns()).hasSize(2);
        assertThat(update.entry().parameters())
                .containsEntry("CrawlerSchemaSerializerVersion", "1.0")
                .containsEntry(Entry.LAKE, LAKE);
    }

    @Test
    void aParameterOfOursThatOthersChangedIsPutRight() {
        Entry changed = with(TABLE, Map.of("table_type", "iceberg"));

        assertThat(CataloguePlan.decide(publication(TABLE), state(changed)).actions())
                .containsExactly(new Action.Update(TABLE, "7"));
    }

    @Test
    void whatIsNotOursIsRefusedAndNothingIsDone() {
        Entry stranger = new Entry(
                "t",
                Entry.Type.OTHER,
                "",
                List.of(),
                List.of(),
                Map.of(),
                Storage.delta("s3://elsewhere/t"),
                Optional.empty());

        assertThatThrownBy(() -> CataloguePlan.decide(publication(TABLE, VIEW), state(stranger)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessage("The catalogue has under this lake's names what is not this lake's: entry db.t has no"
                        + " parameter tributary.lake. Nothing was changed there. Drop the entry if nobody needs it (that"
                        + " removes no data), or give this pipeline another tables.database or other names.");
    }

    @Test
    void entriesOfAnotherLakeAreRefusedTogether() {
        Entry otherTable = table("s3://b/other", "s3://b/other/t", "id");
        Entry otherView = with(VIEW, Map.of(Entry.LAKE, "s3://b/other"));

        assertThatThrownBy(() -> CataloguePlan.decide(publication(TABLE, VIEW), state(otherTable, otherView)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("table db.t belongs to the lake s3://b/other and not to s3://b/lake; view db.v"
                        + " belongs to the lake s3://b/other and not to s3://b/lake");
    }

    @Test
    void anEntryThatWasPointedElsewhereOrBecameSomethingElseIsRefused() {
        Entry moved = table(LAKE, "s3://b/elsewhere", "id");
        Entry viewAsTable = new Entry(
                "v",
                Entry.Type.EXTERNAL_TABLE,
                "",
                List.of(),
                List.of(),
                Map.of(Entry.LAKE, LAKE),
                Storage.NONE,
                Optional.empty());

        assertThatThrownBy(() -> CataloguePlan.decide(publication(TABLE, VIEW), state(moved, viewAsTable)))
                .hasMessageContaining("table db.t lies at \"s3://b/elsewhere\" and not at s3://b/lake/t")
                .hasMessageContaining("table db.v is no view");
    }

    @Test
    void partitionsAreCreatedUpdatedAndDroppedAfterTheirManifestsAreWritten() {
        EntryPartition same = partition("2026-01-01", "1");
        EntryPartition changed = partition("2026-01-02", "2");
        EntryPartition fresh = partition("2026-01-03", "1");
        Map<String, EntryPartition> present = Map.of(
                "2026-01-01", same, "2026-01-02", partition("2026-01-02", "1"), "2025-12-31", partition("x", "1"));

        CataloguePlan plan = CataloguePlan.decide(
                publication(List.of(same, changed, fresh), TABLE), new CatalogueState(true, found(TABLE), present));

        assertThat(plan.actions())
                .containsExactly(
                        new Action.WriteManifests(),
                        new Action.CreatePartitions("t", List.of(fresh)),
                        new Action.UpdatePartitions("t", List.of(changed)),
                        new Action.DropPartitions("t", List.of("2025-12-31")));
        assertThat(CataloguePlan.decide(
                                publication(List.of(same), TABLE),
                                new CatalogueState(true, found(TABLE), Map.of("2026-01-01", same)))
                        .actions())
                .isEmpty();
    }

    private static Entry table(String lake, String location, String... columns) {
        return new Entry(
                "t",
                Entry.Type.EXTERNAL_TABLE,
                "a table",
                List.of(columns).stream()
                        .map(name -> new EntryColumn(name, "string", ""))
                        .toList(),
                List.of(),
                Map.of(Entry.LAKE, lake, "table_type", "delta"),
                Storage.delta(location),
                Optional.empty());
    }

    private static Entry view(String text) {
        return new Entry(
                "v",
                Entry.Type.VIRTUAL_VIEW,
                "a view",
                List.of(),
                List.of(),
                Map.of(Entry.LAKE, LAKE),
                Storage.NONE,
                Optional.of(text));
    }

    private static Entry with(Entry entry, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(entry.parameters());
        all.putAll(parameters);
        return new Entry(
                entry.name(),
                entry.type(),
                entry.description(),
                entry.columns(),
                entry.partitionKeys(),
                all,
                entry.storage(),
                entry.viewText());
    }

    private static EntryPartition partition(String date, String files) {
        return new EntryPartition(date, List.of(), Storage.manifests("s3://b/" + date), Map.of("numFiles", files));
    }

    private static Publication publication(Entry... entries) {
        return new Publication("db", LAKE, List.of(entries), Optional.empty());
    }

    private static Publication publication(List<EntryPartition> partitions, Entry... entries) {
        return new Publication("db", LAKE, List.of(entries), Optional.of(new Publication.Partitions("t", partitions)));
    }

    private static CatalogueState state(Entry... entries) {
        return new CatalogueState(true, found(entries), Map.of());
    }

    private static Map<String, Found> found(Entry... entries) {
        Map<String, Found> found = new HashMap<>();
        for (Entry entry : entries) {
            found.put(entry.name(), new Found(entry, "7"));
        }
        return found;
    }
}
