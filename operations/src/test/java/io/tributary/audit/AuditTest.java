package io.tributary.audit;

import static io.tributary.audit.GeneratedLake.DAY;
import static io.tributary.audit.GeneratedLake.FRA;
import static io.tributary.audit.GeneratedLake.add;
import static io.tributary.audit.GeneratedLake.commit;
import static io.tributary.audit.GeneratedLake.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.FillMetadata;
import io.tributary.lake.commit.RemovalMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AuditTest {

    @Test
    void aLakeAsTheJobsWriteItIsBalanced() {
        AuditReport report = lake().audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.partitions().get(FRA))
                .isEqualTo(new PartitionTotals(new TreeMap<>(Map.of(100L, 138L)), 5, 38, 31, 5, 2, 0, 0, 0, 0, 0, 0));
        assertThat(report.dataCenters().get("nyc")).isEqualTo(new DataCenterTotals(31, 22, 2, 7));
        assertThat(report.merge()).isEqualTo(2);
        assertThat(report.tables()).extracting(VersionRange::rows).containsExactly(62L, 4L, 44L);
    }

    @Test
    void rowsThatWereRemovedAndCountedAreBalanced() {
        GeneratedLake lake = lake();
        lake.merged.add(removal(2, remove("event_date", DAY, 10), add("event_date", DAY, 8)));
        AuditReport report = lake.audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.dataCenters().get("nyc").removed()).isEqualTo(2);
        assertThat(report.dataCenters().get("nyc").inMerged()).isEqualTo(20);
        assertThat(report.lifetime().orElseThrow().rows()).isEqualTo(42);
    }

    @Test
    void aRemovalThatTookOtherRowsThanItCountsIsNamed() {
        GeneratedLake lake = lake();
        int version = lake.merged.size();
        lake.merged.add(removal(2, remove("event_date", DAY, 10), add("event_date", DAY, 7)));
        assertOnly(lake, "ROWS events_merged " + version + " []");
    }

    private static String removal(long rows, String... actions) {
        RemovalMetadata metadata = new RemovalMetadata(
                1,
                "",
                new TreeMap<>(Map.of(DAY.toString(), rows)),
                new TreeMap<>(Map.of("nyc", rows)),
                new TreeMap<>());
        return commit("Manual Update", Optional.of(metadata), actions);
    }

    @Test
    void anEmptyLakeIsBalanced() {
        AuditReport report = new GeneratedLake().audit();
        assertThat(report.isBalanced()).isTrue();
        assertThat(report.notes()).isEmpty();
        assertThat(report.total()).isEqualTo(PartitionTotals.EMPTY);
    }

    @Test
    void aStagingCommitWhoseFileWasTakenOutIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 3, text -> text.lines().findFirst().orElseThrow());

        assertOnly(lake, "ROWS events_staging 3 [batch 3]");
        assertThat(lake.audit().findings().get(0).expected()).isEqualTo("staged 12 rows, nothing removed");
        assertThat(lake.audit().findings().get(0).found())
                .isEqualTo("added 0 rows in 0 files, removed 0 rows in 0 files");
    }

    @Test
    void aStagingCommitThatRemovesAFileAsWellIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 4, text -> text + remove("arrival_date", DAY, 3));
        assertOnly(lake, "ROWS events_staging 4 [batch 4]");
    }

    @Test
    void aFileWithoutARowCountIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 4, text -> text.replace("numRecords", "other"));
        assertOnly(lake, "ROWS events_staging 4 [batch 4]");
    }

    @Test
    void offsetsThatDoNotContinueAreNamedWithTheirPartition() {
        GeneratedLake lake = lake();
        lake.tamper(
                lake.staging,
                3,
                replaceFirst("\\\"from\\\":117,\\\"until\\\":124", "\\\"from\\\":115,\\\"until\\\":124"));
        AuditReport report = lake.audit();

        assertOnly(lake, "OFFSETS events_staging 3 [fra/events-0]");
        assertThat(report.findings().get(0).expected()).isEqualTo("from 117");
        assertThat(report.findings().get(0).found()).isEqualTo("from 115, an overlap of 2 offsets");
    }

    @Test
    void aGapIsNamedWithItsLength() {
        GeneratedLake lake = new GeneratedLake().batch(3, 0);
        lake.skip(5).batch(3, 0);

        assertThat(lake.audit().findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.OFFSETS)
                .extracting(Finding::found)
                .containsExactly("from 109, a gap of 5 offsets", "from 109, a gap of 5 offsets");
    }

    @Test
    void aRangeThatReadsMoreThanItSpansIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 5, replaceFirst("\\\"until\\\":138", "\\\"until\\\":131"));
        assertThat(kinds(lake)).contains("RANGE events_staging 5 [fra/events-0]");
    }

    @Test
    void rowsThatCountAsReadAgainAndWereNotAreNamed() {
        GeneratedLake lake = lake();
        lake.tamper(
                lake.staging,
                5,
                replaceFirst(
                        "\\\"ranges\\\":",
                        "\\\"replayed\\\":{\\\"fra\\\":{\\\"events\\\":{\\\"0\\\":{\\\"staged\\\":3,\\\"lowest\\\":1,"
                                + "\\\"highest\\\":9}}}},\\\"ranges\\\":"));
        assertThat(lake.audit().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.RANGE);
            assertThat(finding.version()).isEqualTo(5);
            assertThat(finding.found()).isEqualTo("3 rows");
        });
    }

    @Test
    void positionsThatDoNotFollowFromTheRangesAreNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 5, replaceFirst("{\\\"0\\\":138}", "{\\\"0\\\":137}"));
        assertOnly(lake, "POSITIONS events_staging 5 [fra/events-0]");
        assertThat(lake.audit().findings().get(0).found()).isEqualTo("position 137");
    }

    @Test
    void aPositionThatVanishesIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 5, replaceFirst(",\\\"nyc\\\":{\\\"events\\\":{\\\"3\\\":138}}", ""));
        assertOnly(lake, "POSITIONS events_staging 5 [nyc/events-3]");
        assertThat(lake.audit().findings().get(0).found()).isEqualTo("no position");
    }

    @Test
    void aBatchNumberThatRepeatsIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 4, replaceFirst("\\\"sequence\\\":4", "\\\"sequence\\\":3"));
        assertThat(kinds(lake)).contains("SEQUENCE events_staging 4 []", "SEQUENCE events_staging 5 []");
    }

    @Test
    void anArrivalThatFallsBackIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(
                lake.staging,
                5,
                replaceFirst("\\\"committed_at\\\":1772000005000", "\\\"committed_at\\\":1772000004000"));
        assertThat(kinds(lake)).contains("COMMIT_TIME events_staging 5 [batch 5]");
    }

    @Test
    void anAccountThatDoesNotBalanceInItselfCannotBeRead() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 5, replaceFirst("\\\"duplicate\\\":1", "\\\"duplicate\\\":2"));
        assertThat(kinds(lake)).contains("COMMIT_UNREADABLE events_staging 5 []");
        assertThat(lake.audit().findings().get(0).found()).contains("counts do not balance");
    }

    @Test
    void aCommitCutInTheMiddleCannotBeRead() {
        GeneratedLake lake = lake();
        lake.tamper(lake.merged, 1, text -> text.substring(0, text.length() / 2));
        assertThat(kinds(lake)).contains("COMMIT_UNREADABLE events_merged 1 []");
    }

    @Test
    void aStagingCommitThatIsGoneIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 5, text -> null).staging.add(commit("OPTIMIZE", Optional.empty()));
        assertThat(kinds(lake)).containsExactly("COMMIT_MISSING events_staging 5 []");
    }

    @Test
    void aMergeCommitThatIsGoneIsNamedAndNothingElse() {
        GeneratedLake lake = lake();
        lake.tamper(lake.merged, 1, text -> null)
                .merged
                .add(commit("DELETE", Optional.empty(), remove("event_date", null, 1)));
        assertOnly(lake, "COMMIT_MISSING events_merged 1 []");
    }

    @Test
    void aMergeThatIsReplacedByAnotherCommitBreaksNumberAndWatermark() {
        GeneratedLake lake = lake();
        lake.tamper(lake.merged, 1, text -> commit("OPTIMIZE", Optional.empty()));
        assertOnly(lake, "MERGE_NUMBER events_merged 2 []", "MERGE_WATERMARK events_merged 2 [merge 2]");
    }

    @Test
    void aMergeThatTookOtherRowsThanAreStagedIsNamedWithItsDataCentre() {
        GeneratedLake lake = lake();
        lake.tamper(
                lake.merged,
                2,
                replaceFirst("\\\"staged\\\":10,\\\"duplicates\\\":1", "\\\"staged\\\":11,\\\"duplicates\\\":2"));
        assertOnly(lake, "MERGED events_merged 2 [merge 2, fra]");
    }

    @Test
    void aRunningTotalThatDoesNotContinueIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(
                lake.merged,
                2,
                replaceFirst("\\\"lifetime\\\":{\\\"merged\\\":44", "\\\"lifetime\\\":{\\\"merged\\\":40"));
        assertOnly(lake, "LIFETIME events_merged 2 [merge 2]");
        assertThat(lake.audit().findings().get(0).expected()).isEqualTo("44 rows merged since the beginning");
    }

    @Test
    void whatOthersDidToTheRowsStaysANoteWhenTheirCommitsHaveExpired() {
        GeneratedLake lake = lake();
        lake.tamper(lake.merged, 2, replaceFirst("\\\"by_others\\\":0", "\\\"by_others\\\":-3"));
        assertOnly(lake);
        assertThat(lake.audit().notes())
                .containsExactly(
                        "Commits that are no merges, such as an erasure, a DELETE or a RESTORE, have removed 3 rows of"
                                + " events_merged since its rows are counted.");
    }

    @Test
    void aMergeWithoutItsWatermarkRowIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(
                lake.merged, 2, text -> String.join("\n", text.lines().limit(2).toList()));
        assertOnly(lake, "ROWS events_merged 2 [merge 2, the merge watermark]");
    }

    @Test
    void aMergeWhoseRowsLieInAnotherDateIsNamedWithBoth() {
        GeneratedLake lake = lake();
        lake.tamper(lake.merged, 2, replaceFirst("\"event_date\":\"2026-03-01\"", "\"event_date\":\"2026-03-02\""));
        assertOnly(
                lake,
                "ROWS events_merged 2 [merge 2, event_date 2026-03-01]",
                "ROWS events_merged 2 [merge 2, event_date 2026-03-02]");
    }

    @Test
    void aMergeWatermarkThatIsNoBatchIsNamed() {
        GeneratedLake lake = new GeneratedLake().batch(3, 0).merge().batch(3, 0);
        lake.tamper(
                lake.merged,
                1,
                replaceFirst("\\\"merge_watermark\\\":1772000001000", "\\\"merge_watermark\\\":1772000001500"));
        assertOnly(lake, "MERGE_WATERMARK events_merged 1 [merge 1]");
    }

    @Test
    void maintenanceIsRecognized() {
        GeneratedLake lake = lake();
        lake.merged.add(commit(
                "OPTIMIZE",
                Optional.empty(),
                remove("event_date", DAY, 20),
                remove("event_date", DAY, 24),
                add("event_date", DAY, 44)));
        // Delta's own DELETE says of the files that it removes whole neither rows nor ranges.
        lake.merged.add(
                commit("DELETE", Optional.empty(), remove("event_date", null, 1).replace("numRecords", "size")));
        for (String operation : new String[] {"VACUUM START", "VACUUM END", "ADD COLUMNS", "SET TBLPROPERTIES"}) {
            lake.staging.add(commit(operation, Optional.empty()));
        }
        lake.staging.add(commit("WRITE", Optional.empty()));
        assertOnly(lake);
    }

    @Test
    void anOptimizeThatLosesRowsIsNamed() {
        GeneratedLake lake = lake();
        lake.merged.add(
                commit("OPTIMIZE", Optional.empty(), remove("event_date", DAY, 44), add("event_date", DAY, 43)));
        assertOnly(lake, "ROWS_CHANGED events_merged 3 []");
    }

    @Test
    void aFillOfColumnsMovesTheRowsOfItsDateAndNoOthers() {
        GeneratedLake lake = lake();
        Optional<CommitMetadata> fill = Optional.of(new FillMetadata(1, List.of("amount"), DAY, 44));
        lake.merged.add(commit("Manual Update", fill, remove("event_date", DAY, 44), add("event_date", DAY, 44)));
        assertOnly(lake);

        lake.merged.add(commit("Manual Update", fill, remove("event_date", DAY, 44), add("event_date", DAY, 43)));
        lake.merged.add(commit("Manual Update", fill, remove("event_date", DAY, 40), add("event_date", DAY, 40)));
        lake.staging.add(commit("Manual Update", fill));
        assertOnly(
                lake,
                "ROWS_CHANGED events_merged 4 []",
                "ROWS_CHANGED events_merged 5 []",
                "METADATA_MISPLACED events_staging " + (lake.staging.size() - 1) + " []");
    }

    @Test
    void aDeleteOfEventsOrOfTheLastWatermarkIsNamed() {
        GeneratedLake lake = lake();
        lake.merged.add(
                commit("DELETE", Optional.empty(), remove("event_date", DAY, 2).replace("numRecords", "size")));
        String watermark = remove("event_date", null, 1);
        lake.merged.add(commit("DELETE", Optional.empty(), watermark, watermark));
        assertOnly(lake, "UNKNOWN_ORIGIN events_merged 3 []", "UNKNOWN_ORIGIN events_merged 4 []");
    }

    @Test
    void hoursThatAreMergedMayLeaveStaging() {
        GeneratedLake lake = lake();
        lake.staging.add(
                commit("DELETE", Optional.empty(), removedHour("2026-02-24", 23), removedHour("2026-02-25", 5)));

        AuditReport report = lake.audit();
        assertThat(report.findings()).isEmpty();
        assertThat(report.stagedFrom())
                .isEqualTo(Instant.parse("2026-02-25T06:00:00Z").toEpochMilli());
        assertThat(report.notes())
                .containsExactly("Rows that arrived before 2026-02-25T06:00:00Z are merged and have left the"
                        + " staging table, as its retention says.");
    }

    @Test
    void hoursThatAreNotMergedAsAWholeMayNotLeaveStaging() {
        GeneratedLake lake = lake();
        lake.staging.add(commit("DELETE", Optional.empty(), removedHour("2026-02-25", 6)));
        assertOnly(lake, "UNKNOWN_ORIGIN events_staging 6 []");
        assertThat(lake.audit().findings().get(0).found()).isEqualTo("rows dropped up to 2026-02-25T07:00:00Z");
    }

    @Test
    void aDeleteThatIsNotOfWholeHoursIsNamed() {
        GeneratedLake lake = lake();
        String rewritten = removedHour("2026-02-24", 23).replace("\"remove\"", "\"add\"");
        lake.staging.add(
                commit("DELETE", Optional.empty(), removedHour("2026-02-24", 23), rewritten.replace(":7,", ":5,")));
        lake.staging.add(commit("DELETE", Optional.empty(), remove("arrival_date", DAY, 3)));
        assertOnly(lake, "UNKNOWN_ORIGIN events_staging 6 []", "UNKNOWN_ORIGIN events_staging 7 []");
    }

    private static String removedHour(String date, int hour) {
        return remove("arrival_date", date, 7)
                .replace("\"" + date + "\"", "\"" + date + "\",\"arrival_hour\":\"" + hour + "\"");
    }

    @Test
    void aWriteWithoutAnAccountIsNamed() {
        GeneratedLake lake = lake();
        lake.staging.add(commit("WRITE", Optional.empty(), add("arrival_date", DAY, 5)));
        assertOnly(lake, "UNKNOWN_ORIGIN events_staging 6 []");
    }

    @Test
    void anAccountInTheWrongTableIsNamed() {
        GeneratedLake lake = lake();
        lake.staging.add(lake.merged.get(1));
        assertOnly(lake, "METADATA_MISPLACED events_staging 6 []");
    }

    @Test
    void aQuarantineCommitWhoseFileWasTakenOutIsNamed() {
        GeneratedLake lake = lake();
        lake.tamper(lake.quarantine, 2, text -> text.lines().findFirst().orElseThrow());
        assertOnly(lake, "QUARANTINE events_quarantine 2 [batch 4 (staging version 4)]");
    }

    @Test
    void aBatchWhoseRefusedRecordsAreNowhereIsNamed() {
        GeneratedLake lake = new GeneratedLake().batch(3, 0);
        lake.stage(lake.metadata(3, 2));
        assertOnly(lake, "QUARANTINE events_quarantine -1 [batch 2 (staging version 2)]");
    }

    @Test
    void anOrphanWhoseRowsTheReplayDoesNotWriteAgainIsLegal() {
        GeneratedLake lake = new GeneratedLake().batch(3, 0);
        lake.quarantine.add(commit("WRITE", Optional.of(lake.metadata(3, 2)), add("arrival_date", DAY, 4)));
        BatchMetadata replay = lake.metadata(3, 2);
        lake.quarantine.add(commit("WRITE", Optional.of(replay)));
        lake.stage(replay);
        assertOnly(lake);
        assertThat(lake.audit().notes()).isEmpty();
    }

    @Test
    void anOrphanWhoseOffsetsAreStagedInTwoBatchesIsLegal() {
        GeneratedLake lake = new GeneratedLake();
        lake.quarantine.add(commit("WRITE", Optional.of(lake.metadata(7, 2)), add("arrival_date", DAY, 4)));
        for (int i = 0; i < 2; i++) {
            // Delta records no commit for an append without rows.
            lake.stage(lake.metadata(3, 1));
        }
        assertOnly(lake);
    }

    @Test
    void anOrphanWhoseRowsAreWrittenAgainIsNamed() {
        GeneratedLake lake = new GeneratedLake().batch(3, 0);
        lake.quarantine.add(commit("WRITE", Optional.of(lake.metadata(3, 2)), add("arrival_date", DAY, 4)));
        lake.batch(3, 2);
        assertOnly(lake, "QUARANTINE events_quarantine 1 [batch 2, planned 2026-02-25T06:13:21.990Z]");
    }

    @Test
    void anOrphanThatIsNotReplayedYetIsANote() {
        GeneratedLake lake = new GeneratedLake().batch(3, 0);
        lake.quarantine.add(commit("WRITE", Optional.of(lake.metadata(3, 2)), add("arrival_date", DAY, 4)));
        assertOnly(lake);
        assertThat(lake.audit().notes()).singleElement().asString().contains("version 1 holds 4 rows of batch 2");
    }

    @Test
    void aLogWhoseHeadHasExpiredIsAuditedFromWhatIsThere() {
        GeneratedLake lake = lake();
        for (int version = 0; version < 3; version++) {
            lake.staging.set(version, null);
        }
        lake.merged.set(0, null);
        lake.quarantine.set(0, null);
        lake.quarantine.set(1, null);
        AuditReport report = lake.audit();

        assertOnly(lake);
        assertThat(report.notes())
                .containsExactly(
                        "2 merges took batches whose staging commits have expired from the log; what they took is not"
                                + " compared.",
                        "events_staging is audited from version 3; earlier commits have expired.",
                        "events_quarantine is audited from version 2; earlier commits have expired.",
                        "events_merged is audited from version 1; earlier commits have expired.");
        assertThat(report.partitions().get(FRA).from()).isEqualTo(117);
    }

    @Test
    void aTamperedCommitAfterAnExpiredHeadIsNamed() {
        GeneratedLake lake = lake();
        for (int version = 0; version < 2; version++) {
            lake.staging.set(version, null);
        }
        lake.tamper(lake.staging, 4, text -> text.lines().findFirst().orElseThrow());
        assertOnly(lake, "ROWS events_staging 4 [batch 4]");
    }

    @Test
    void fiftyThousandCommitsBalance() {
        GeneratedLake lake = new GeneratedLake();
        for (int batch = 1; batch <= 50_000; batch++) {
            lake.batch(5, batch % 100 == 0 ? 1 : 0);
            if (batch % 50 == 0) {
                lake.merge();
            }
        }
        AuditReport report = lake.audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.total().staged()).isEqualTo(500_000);
        assertThat(report.total().quarantined()).isEqualTo(1_000);
        assertThat(report.merge()).isEqualTo(1_000);
        assertThat(report.merges().pending()).isZero();
    }

    /** Five batches, two of them with refusals; two merges; one batch waits. */
    private static GeneratedLake lake() {
        return new GeneratedLake()
                .batch(6, 1)
                .batch(4 + 4, 0)
                .merge()
                .batch(6, 0)
                .batch(4, 1)
                .merge()
                .batch(7, 0);
    }

    private static UnaryOperator<String> replaceFirst(String what, String with) {
        return text -> {
            assertThat(text).contains(what);
            return text.replaceFirst(Pattern.quote(what), Matcher.quoteReplacement(with));
        };
    }

    private static List<String> kinds(GeneratedLake lake) {
        return lake.audit().findings().stream()
                .map(finding ->
                        finding.kind() + " " + finding.table() + " " + finding.version() + " [" + finding.place() + "]")
                .toList();
    }

    private static void assertOnly(GeneratedLake lake, String... findings) {
        assertThat(kinds(lake)).containsExactly(findings);
    }
}
