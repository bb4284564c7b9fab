package io.tributary.operations.status;

import static io.tributary.operations.status.GeneratedTail.NOW;
import static io.tributary.operations.status.GeneratedTail.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.lake.status.AuditStatus;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.RetentionEnd;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.operations.status.GeneratedTail.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineStatusTest {

    private static final Part FLOWS = Part.of(100, 0L);
    private static final Part QUIET = Part.of(0, 0L);

    private static DataCenterReport of(GeneratedTail tail, String name) {
        return tail.status().dataCenters().get(name);
    }

    @Test
    void aDataCenterWhoseBatchesLeaveNothingIsOk() {
        DataCenterReport fra = of(GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS)), "fra");

        assertThat(fra.state()).isEqualTo(DataCenterState.OK);
        assertThat(fra.lag()).hasValue(0);
        assertThat(fra.lagTime()).contains(Duration.ZERO);
        assertThat(fra.rate().orElseThrow()).isEqualTo(10);
        assertThat(fra.trouble()).isEmpty();
    }

    @Test
    void theTimeThatRetentionLeavesIsShownAlsoOfWhoIsSilent() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS, "gru", FLOWS, "nyc", FLOWS));
        Horizon ends = new Horizon(Optional.empty(), Optional.of(RetentionEnd.at(NOW.plusSeconds(12_000))));
        Horizon never = new Horizon(Optional.empty(), Optional.of(RetentionEnd.NEVER));
        tail.told(
                NOW.minusSeconds(2),
                Map.of(
                        "fra", answering(0, never),
                        "gru", answering(0),
                        "nyc", DataCenterStatus.unreachable(ends, NOW.minusSeconds(7_200), "down")));

        assertThat(StatusText.of(tail.status()).lines())
                .anyMatch(line -> line.matches("nyc +SILENT .* 3 h 20 min .*"))
                .anyMatch(line -> line.matches("fra +OK .* no limit .*"))
                .anyMatch(line -> line.matches("gru +OK .* 87.5% .*"));
        JsonNode json = StatusJson.tree(tail.status());
        assertThat(json.at("/data_centers/nyc/retention_left_seconds").asLong()).isEqualTo(12_000);
        assertThat(json.at("/data_centers/fra/retention_left_seconds").isNull()).isTrue();
        assertThat(json.at("/data_centers/fra/retention_ends_at").asText()).isEqualTo("never");
        assertThat(json.at("/data_centers/gru/retention_ends_at").isNull()).isTrue();
    }

    @Test
    void oneBatchOfTheWindowThatLeavesNothingIsEnoughToBeOk() {
        GeneratedTail tail = GeneratedTail.ofBatches(20)
                .batches(15, Map.of("fra", FLOWS))
                .batches(5, Map.of("fra", Part.of(100, 5000L)));

        assertThat(of(tail, "fra").state()).isEqualTo(DataCenterState.OK);
        assertThat(of(tail, "fra").lag()).hasValue(5000);
    }

    @Test
    void aDataCenterThatReadsAndNeverReachesItsEndCatchesUp() {
        GeneratedTail tail = GeneratedTail.ofBatches(30).batches(10, Map.of("fra", FLOWS));
        for (long lag = 20_000; lag > 0; lag -= 1000) {
            tail.batch(Map.of("fra", Part.of(3000, lag).within(Duration.ofMinutes(2), Duration.ofMinutes(3))));
        }
        DataCenterReport fra = of(tail, "fra");

        assertThat(fra.state()).isEqualTo(DataCenterState.CATCHING_UP);
        assertThat(fra.lag()).hasValue(1000);
        // 1,000 fewer every 10 s.
        assertThat(fra.caughtUpIn()).contains(Duration.ofSeconds(10));
        assertThat(fra.lagTime()).contains(Duration.ofSeconds(125));
        assertThat(StatusText.of(tail.status())).contains("fra: caught up in about 10 s.", "fra is catching up");
    }

    @Test
    void aLagThatGrowsHasNoEnd() {
        GeneratedTail tail = GeneratedTail.ofBatches(20);
        for (long lag = 1000; lag <= 20_000; lag += 1000) {
            tail.batch(Map.of("fra", Part.of(3000, lag)));
        }
        assertThat(of(tail, "fra").state()).isEqualTo(DataCenterState.CATCHING_UP);
        assertThat(of(tail, "fra").caughtUpIn()).isEmpty();
    }

    @Test
    void aDataCenterThatAnswersAndSendsNothingIsIdle() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS, "gru", QUIET));

        assertThat(of(tail, "gru").state()).isEqualTo(DataCenterState.IDLE);
        assertThat(of(tail, "gru").rate()).hasValue(0);
        assertThat(of(tail, "gru").median()).isEmpty();
    }

    @Test
    void aDataCenterThatAnswersInNoneOfTheLastBatchesIsSilentAndSaysSinceWhen() {
        GeneratedTail tail = GeneratedTail.ofBatches(20)
                .batches(17, Map.of("fra", FLOWS, "sin", FLOWS))
                .batches(2, Map.of("fra", FLOWS));
        assertThat(of(tail, "sin").state()).isEqualTo(DataCenterState.OK);

        tail.batch(Map.of("fra", FLOWS));
        DataCenterReport sin = of(tail, "sin");
        assertThat(sin.state()).isEqualTo(DataCenterState.SILENT);
        assertThat(sin.lag()).isEmpty();
        assertThat(sin.lagTime()).isEmpty();
        assertThat(sin.since()).contains(NOW.minusSeconds(35));
        Verdict verdict = Verdict.of(tail.status());
        assertThat(verdict.sentence()).isEqualTo("sin is SILENT since 07:59:25 (35 s); the others go on: fra.");
        assertThat(verdict.next()).isEqualTo("tributary dc explain sin");
        assertThat(verdict.mustAct()).isTrue();
    }

    @Test
    void whatTheStreamSaysOfASilentDataCenterIsTold() {
        GeneratedTail tail = GeneratedTail.ofBatches(20)
                .batches(20, Map.of("fra", FLOWS))
                .told(
                        NOW.minusSeconds(1),
                        Map.of(
                                "fra",
                                answering(0),
                                "sin",
                                DataCenterStatus.unreachable(
                                        Horizon.UNKNOWN,
                                        NOW.minusSeconds(5400),
                                        "ConnectException: Connection refused")));

        assertThat(of(tail, "sin").state()).isEqualTo(DataCenterState.SILENT);
        assertThat(of(tail, "sin").since()).contains(NOW.minusSeconds(5400));
        assertThat(StatusText.of(tail.status()))
                .contains(
                        "sin: ConnectException: Connection refused",
                        "sin is SILENT since 06:30:00 (1 h 30 min); the others go on: fra.");
    }

    @Test
    void aDataCenterWithLagThatDoesNotMoveIsStopped() {
        GeneratedTail tail = GeneratedTail.ofBatches(20)
                .batches(8, Map.of("fra", FLOWS, "nyc", FLOWS))
                .batches(12, Map.of("fra", FLOWS, "nyc", Part.of(0, 700L)));
        tail.told(NOW.minusSeconds(1), Map.of("fra", answering(0), "nyc", answering(700, "halted: a gap")));

        assertThat(of(tail, "nyc").state()).isEqualTo(DataCenterState.STOPPED);
        assertThat(of(tail, "nyc").since()).contains(NOW.minusSeconds(125));
        assertThat(of(tail, "nyc").trouble()).containsExactly("halted: a gap");
    }

    @Test
    void whoWasJustAddedIsNewUntilABatchHasAskedIt() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(1), Map.of("fra", answering(0), "nyc", answering(700)));

        assertThat(of(tail, "nyc").state()).isEqualTo(DataCenterState.NEW);
        assertThat(Verdict.of(tail.status()).sentence())
                .startsWith(
                        "All others that are to be read flow; nyc was just added, and the next batch begins to read it;");
        assertThat(Verdict.of(tail.status()).mustAct()).isFalse();
    }

    @Test
    void whoIsHaltedFromItsFirstMomentOnIsStopped() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(1), Map.of("fra", answering(0), "nyc", answering(700, "halted: a gap")));

        assertThat(of(tail, "nyc").state()).isEqualTo(DataCenterState.STOPPED);
    }

    @Test
    void whereNoBatchComesAnyMoreNobodyIsNew() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(900)).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(1), Map.of("fra", answering(0), "nyc", answering(700)));

        assertThat(of(tail, "nyc").state()).isEqualTo(DataCenterState.STOPPED);
    }

    @Test
    void aPartThatIsHaltedIsToldAlthoughTheRestFlows() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(1), Map.of("fra", answering(3, "halted: a gap in events-3")));

        assertThat(of(tail, "fra").state()).isEqualTo(DataCenterState.OK);
        assertThat(Verdict.of(tail.status()).sentence()).isEqualTo("A part of fra is not read; all else goes on.");
        assertThat(Verdict.of(tail.status()).mustAct()).isTrue();
    }

    @Test
    void aPausedDataCenterIsPausedAndNothingIsWrong() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(8), Map.of("fra", answering(0), "nyc", DataCenterStatus.paused(Horizon.UNKNOWN)));

        assertThat(of(tail, "nyc").state()).isEqualTo(DataCenterState.PAUSED);
        assertThat(of(tail, "nyc").lag()).isEmpty();
        assertThat(Verdict.of(tail.status()).sentence())
                .isEqualTo("All data centers that are to be read flow; nyc is paused; 100% of the last hour's records"
                        + " were queryable within 1 min.");
        assertThat(Verdict.of(tail.status()).mustAct()).isFalse();
    }

    @Test
    void aStreamThatGivesNoSignIsDownAndItSaysSinceWhen() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(3600)).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(3400), Map.of("fra", answering(0), "nyc", DataCenterStatus.paused(Horizon.UNKNOWN)));
        PipelineStatus status = tail.status();

        assertThat(status.stream().running()).isEqualTo(StreamReport.Running.DOWN);
        assertThat(status.dataCenters().get("fra").state()).isEqualTo(DataCenterState.STOPPED);
        assertThat(status.dataCenters().get("nyc").state()).isEqualTo(DataCenterState.PAUSED);
        // What it said before it ended is not what Kafka holds now.
        assertThat(status.dataCenters().get("fra").lag()).isEmpty();
        assertThat(status.dataCenters().get("fra").lagTime()).isEmpty();
        assertThat(status.dataCenters().get("fra").retentionUsed()).isEmpty();
        assertThat(Verdict.of(status).sentence())
                .isEqualTo("The streaming job does not run: no sign of it for 56 min 40 s, and nothing was committed"
                        + " since 07:03:10 (56 min 50 s). Events wait in Kafka as long as it keeps them.");
        assertThat(Verdict.of(status).mustAct()).isTrue();
    }

    @Test
    void aStreamThatSaidThatItEndedIsDownAtOnceUntilSomebodyCommits() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(3600)).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(14), Map.of("fra", answering(0))).ended(NOW.minusSeconds(4));
        PipelineStatus status = tail.status();

        assertThat(status.stream().running()).isEqualTo(StreamReport.Running.DOWN);
        assertThat(Verdict.of(status).sentence()).startsWith("The streaming job does not run: no sign of it for 4.0 s");
        tail.ended(NOW.minusSeconds(3600));
        assertThat(tail.status().stream().running())
                .as("it ended before the newest batch, so another goes on")
                .isEqualTo(StreamReport.Running.RUNNING);
    }

    @Test
    void aStreamThatSaysThatNothingArrivesIsNotDown() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(3600)).batches(20, Map.of("fra", FLOWS));
        tail.told(NOW.minusSeconds(12), Map.of("fra", answering(0)));
        PipelineStatus status = tail.status();

        assertThat(status.stream().running()).isEqualTo(StreamReport.Running.RUNNING);
        // The last ten batches had records, which is long ago; nothing is unread.
        assertThat(status.dataCenters().get("fra").state()).isEqualTo(DataCenterState.OK);
        assertThat(status.dataCenters().get("fra").rate()).hasValue(0);
        assertThat(status.dataCenters().get("fra").validThrough().staged()).contains(NOW.minusSeconds(12));
    }

    @Test
    void withoutAWordOfTheStreamALongSilenceIsNotJudged() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(3600)).batches(20, Map.of("fra", FLOWS));

        assertThat(tail.status().stream().running()).isEqualTo(StreamReport.Running.UNKNOWN);
        assertThat(Verdict.of(tail.status()).sentence())
                .startsWith("Either the streaming job does not run or nothing arrives: nothing was committed since");
        assertThat(StatusText.of(tail.status())).contains("stream ?, batch 20");
    }

    @Test
    void whatCommitsOfEarlierVersionsDoNotSayIsAQuestionMark() {
        GeneratedTail tail = GeneratedTail.ofBatches(12).batches(12, Map.of("fra", Part.of(100, null)));
        DataCenterReport fra = of(tail, "fra");

        assertThat(fra.state()).isEqualTo(DataCenterState.UNKNOWN);
        assertThat(fra.lag()).isEmpty();
        assertThat(fra.retentionUsed()).isEmpty();
        assertThat(fra.validThrough()).isEqualTo(new ValidThrough(Optional.empty(), Optional.empty()));
        assertThat(row(StatusText.of(tail.status()), "fra")).isEqualTo("fra ? ? ? 10 4.0 s 8.0 s 0% 0% 0% 0% ? ?");
    }

    @Test
    void sharesAndFreshnessAreThoseOfTheLastHour() {
        GeneratedTail tail = new GeneratedTail(NOW.minusSeconds(5).minusSeconds(7200))
                .batches(
                        300,
                        Map.of(
                                "fra",
                                new Part(100, 90, 10, 50, 0, 0L, Duration.ofHours(1), Duration.ofHours(2), false)));
        tail = rest(tail, 421);
        DataCenterReport fra = of(tail, "fra");

        assertThat(fra.duplicate().orElseThrow()).isEqualTo(0.2, within(1e-9));
        assertThat(fra.quarantined().orElseThrow()).isEqualTo(0.1, within(1e-9));
        assertThat(fra.castFailures().orElseThrow()).isEqualTo(0.03, within(1e-9));
        assertThat(fra.late().orElseThrow()).isEqualTo(7 / 70.0, within(1e-9));
        assertThat(fra.median().orElseThrow()).isEqualTo(Duration.ofSeconds(2));
        assertThat(fra.p99().orElseThrow().toMillis() / 1000.0).isEqualTo(6, within(0.01));
    }

    private static GeneratedTail rest(GeneratedTail tail, int batches) {
        return tail.batches(
                batches,
                Map.of("fra", new Part(100, 20, 10, 3, 7, 0L, Duration.ofSeconds(2), Duration.ofSeconds(6), false)));
    }

    @Test
    void theObjectiveIsMetSinceTheLastBatchThatMissedIt() {
        Part slow = FLOWS.within(Duration.ofSeconds(61), Duration.ofSeconds(70));
        GeneratedTail tail = GeneratedTail.ofBatches(300)
                .batches(100, Map.of("fra", FLOWS))
                .batch(Map.of("fra", slow))
                .batches(199, Map.of("fra", FLOWS));
        ObjectiveReport objective = tail.status().objective();

        assertThat(objective.isMet()).contains(true);
        assertThat(objective.share().orElseThrow()).isEqualTo(299 / 300.0, within(1e-6));
        assertThat(objective.since()).contains(NOW.minusSeconds(5 + 198 * 10));
        assertThat(objective.isSinceOpen()).isFalse();
        assertThat(StatusText.of(tail.status())).contains("MET since 07:26:55, 99.66% in the last hour");
    }

    @Test
    void anObjectiveThatIsMissedSaysSinceWhen() {
        Part slow = FLOWS.within(Duration.ofSeconds(61), Duration.ofSeconds(70));
        GeneratedTail tail =
                GeneratedTail.ofBatches(300).batches(100, Map.of("fra", FLOWS)).batches(200, Map.of("fra", slow));
        ObjectiveReport objective = tail.status().objective();

        assertThat(objective.isMet()).contains(false);
        assertThat(objective.since()).contains(NOW.minusSeconds(5 + 199 * 10));
        assertThat(objective.isSinceOpen()).isFalse();
    }

    @Test
    void anObjectiveOverAnHourWithoutRecordsIsNotKnown() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).batches(20, Map.of("fra", QUIET));

        assertThat(tail.status().objective().isMet()).isEmpty();
        assertThat(StatusText.of(tail.status())).contains("?, no records in the last hour; budget of the month left ?");
    }

    @Test
    void theBacklogIsWhatWasStagedAfterTheLastMerge() {
        GeneratedTail tail = GeneratedTail.ofBatches(20)
                .batches(15, Map.of("fra", FLOWS))
                .merge()
                .batches(5, Map.of("fra", FLOWS));

        assertThat(tail.status().backlog()).hasValue(500);
        assertThat(tail.status().isBacklogPartial()).isFalse();
        assertThat(tail.status().merge().merge()).hasValue(1);
        assertThat(tail.status().merge().every()).isEmpty();
    }

    @Test
    void aBacklogThatReachesBackFurtherThanTheCommitsReadIsAtLeastThat() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).merge().cut().batches(20, Map.of("fra", FLOWS));

        assertThat(tail.status().isBacklogPartial()).isTrue();
        assertThat(StatusText.of(tail.status())).contains("not merged at least 2,000 rows");
    }

    @Test
    void aBacklogWithoutAnyMergeInReachIsNotKnown() {
        GeneratedTail tail = GeneratedTail.ofBatches(20).cut().batches(20, Map.of("fra", FLOWS));
        assertThat(tail.status().backlog()).isEmpty();
    }

    @Test
    void aMergeThatDoesNotComeIsOverdue() {
        GeneratedTail tail = GeneratedTail.ofBatches(40)
                .batches(3, Map.of("fra", FLOWS))
                .merge()
                .batches(3, Map.of("fra", FLOWS))
                .merge()
                .batches(34, Map.of("fra", FLOWS));

        assertThat(tail.status().merge().isOverdue()).isTrue();
        assertThat(Verdict.of(tail.status()).sentence())
                .isEqualTo("The merge is overdue: rows wait, and merges usually came every 30 s.");
        assertThat(StatusText.of(tail.status())).contains("merge 2 5 min 45 s ago, next was due 07:54:45");
    }

    @Test
    void anUnusableDataCentersFileAndARestoreAreTold() {
        GeneratedTail tail = GeneratedTail.ofBatches(20)
                .batches(20, Map.of("fra", FLOWS))
                .commit("RESTORE")
                .toldOfUnusableFile(NOW, Map.of("fra", answering(0)));

        assertThat(tail.status().notes())
                .hasSize(2)
                .last()
                .asString()
                .contains("merged table was put back by a RESTORE");
        assertThat(Verdict.of(tail.status()).sentence())
                .isEqualTo("The data-centers file cannot be used; the last good one stays in force.");
    }

    @Test
    void theScreenIsOneScreen() {
        GeneratedTail tail = GeneratedTail.ofBatches(60)
                .batches(30, Map.of("fra", FLOWS, "nyc", FLOWS))
                .merge()
                .commit("OPTIMIZE")
                .batches(30, Map.of("fra", FLOWS, "nyc", FLOWS))
                .told(NOW.minusSeconds(8), Map.of("fra", answering(0), "nyc", answering(0)));
        String text = StatusText.of(tail.status());

        assertThat(text).isEqualTo("""
                        lake file:/lake   2026-03-01 08:00:00 UTC
                        objective 1 min to query for 99.0%: MET at least since 07:50:05, 100% in the last hour; budget of the month left ?
                        stream running, batch 60 5.0 s ago, took 3.0 s of 10 s   merge 1 5 min 5 s ago   maintenance 5 min 5 s ago   audit ?
                        not merged 6,000 rows   files staging 812, merged ?

                        data center  state  lag  lag time  records/s  fresh p50    p99  late  dupl.  quar.  cast  retention left  valid through
                        fra          OK       0     0.0 s         10      4.0 s  8.0 s    0%     0%     0%    0%           87.5%       07:59:52
                        nyc          OK       0     0.0 s         10      4.0 s  8.0 s    0%     0%     0%    0%           87.5%       07:59:52

                        All data centers that are to be read flow; 100% of the last hour's records were queryable within 1 min.
                        next: tributary log
                        """);
    }

    @Test
    void anEmptyLakeSaysSo() {
        GeneratedTail tail = new GeneratedTail(Instant.EPOCH);
        assertThat(StatusText.of(tail.status())).contains("batch ?", "Either the streaming job does not run");
        tail.told(NOW, Map.of());
        assertThat(StatusText.of(tail.status())).contains("No data center has been read yet.");
    }

    private static String row(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow()
                .replaceAll(" {2,}", " ");
    }

    @Test
    void theLastAuditIsToldAndItsFindingsAreForAnOperator() {
        GeneratedTail tail = GeneratedTail.ofBatches(10).batches(10, Map.of("fra", Part.of(100, 0L)));
        Instant at = NOW.minusSeconds(3 * 3600);

        assertThat(StatusText.of(tail.audited(at, 0).status())).contains("   audit 3 h ago, balanced");
        assertThat(Verdict.of(tail.audited(at, 0).status()).mustAct()).isFalse();
        PipelineStatus unbalanced = tail.audited(at, 2).status();
        assertThat(StatusText.of(unbalanced)).contains("   audit 3 h ago, 2 findings");
        assertThat(Verdict.of(unbalanced))
                .isEqualTo(new Verdict(
                        "The audit of 05:00:00 has 2 findings: the lake's numbers do not balance.",
                        "tributary audit",
                        true));
        assertThat(StatusJson.tree(unbalanced).at("/audit/findings").asLong()).isEqualTo(2);
        assertThat(AuditStatus.parse(new AuditStatus(at, true, 2).toText())).contains(new AuditStatus(at, true, 2));
        assertThat(AuditStatus.parse("{\"tributary\":\"aud")).isEmpty();
    }
}
