package io.tributary.compaction.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.RollupMetadata;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RollupPlanTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 3);
    private static final RollupMetadata NEWEST = new RollupMetadata(4, "d", 1, 2, 10);
    private static final AddedFile ON_MONDAY = new AddedFile("m", MONDAY, 5);
    private static final AddedFile ON_TUESDAY = new AddedFile("t", TUESDAY, 3);

    @Test
    void theFilesOfMergesAreTakenIn() {
        assertThat(decide(11, merge(11, 3, ON_MONDAY, ON_TUESDAY)))
                .isEqualTo(new RollupPlan.Part(3, List.of(ON_MONDAY, ON_TUESDAY), new TreeSet<>()));
    }

    @Test
    void filesThatOnlyMovedChangeNothing() {
        assertThat(decide(10)).isEqualTo(new RollupPlan.UpToDate());
        assertThat(decide(11, new MergedCommit(11, Optional.empty(), List.of(), new TreeSet<>())))
                .isEqualTo(new RollupPlan.UpToDate());
    }

    @Test
    void aMergeOfRepeatsAloneIsTakenInWithoutRows() {
        assertThat(decide(11, merge(11, 3))).isEqualTo(new RollupPlan.Part(3, List.of(), new TreeSet<>()));
    }

    @Test
    void aDateWhoseFileIsGoneIsRecomputed() {
        assertThat(RollupPlan.decide(
                        Optional.of(NEWEST),
                        "d",
                        11,
                        List.of(merge(11, 3, ON_MONDAY, ON_TUESDAY)),
                        file -> !file.equals(ON_MONDAY)))
                .isEqualTo(new RollupPlan.Part(3, List.of(ON_TUESDAY), new TreeSet<>(List.of(MONDAY))));
    }

    @Test
    void aDateWhoseEventsSomebodyDeletedIsRecomputedWithWhatMergesAddedToIt() {
        MergedCommit deletion =
                new MergedCommit(12, Optional.empty(), List.of(ON_MONDAY), new TreeSet<>(List.of(MONDAY)));

        assertThat(decide(12, merge(11, 3, ON_MONDAY, ON_TUESDAY), deletion))
                .isEqualTo(new RollupPlan.Part(3, List.of(ON_TUESDAY), new TreeSet<>(List.of(MONDAY))));
    }

    @Test
    void aMergeWhoseFilesAreNotWhatItAccountsForIsRecomputed() {
        MergedCommit merge = new MergedCommit(
                11, merge(11, 3, ON_MONDAY).merge(), List.of(new AddedFile("m", MONDAY, 4)), new TreeSet<>());

        assertThat(decide(11, merge)).isEqualTo(new RollupPlan.Part(3, List.of(), new TreeSet<>(List.of(MONDAY))));
    }

    @Test
    void whereTheFilesCannotTellEverythingIsComputed() {
        assertThat(RollupPlan.decide(Optional.empty(), "d", 11, List.of(), file -> true))
                .isEqualTo(new RollupPlan.Whole("it has no commit metadata yet"));
        assertThat(RollupPlan.decide(Optional.of(NEWEST), "e", 10, List.of(), file -> true))
                .isEqualTo(new RollupPlan.Whole("its definition changed from \"d\""));
        assertThat(decide(9))
                .isEqualTo(
                        new RollupPlan.Whole("the merged table is at version 9 and the rollup was made of version 10"));
        assertThat(decide(12, merge(12, 3)))
                .isEqualTo(new RollupPlan.Whole("the merged table's log begins after version 11"));
        assertThat(decide(11, merge(11, 4))).isEqualTo(new RollupPlan.Whole("merge 4 follows where merge 3 should"));
    }

    private static RollupPlan decide(long version, MergedCommit... since) {
        return RollupPlan.decide(Optional.of(NEWEST), "d", version, List.of(since), file -> true);
    }

    private static MergedCommit merge(long version, long number, AddedFile... files) {
        TreeMap<LocalDate, Long> byDate = new TreeMap<>();
        for (AddedFile file : files) {
            byDate.merge(file.date(), file.events(), Long::sum);
        }
        return new MergedCommit(
                version,
                Optional.of(new MergeMetadata(number, 1, 0, 1, new TreeMap<>(Map.of()), byDate)),
                List.of(files),
                new TreeSet<>());
    }
}
