package io.tributary.audit;

import static io.tributary.audit.GeneratedLake.FRA;
import static io.tributary.audit.GeneratedLake.NYC;
import static io.tributary.audit.GeneratedLake.offsets;
import static io.tributary.audit.GeneratedLake.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.TopicPartitionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories in which offsets are deferred, cut elsewhere the next time, or given up. */
class UnreadOffsetsTest {

    private final GeneratedLake lake = new GeneratedLake();

    @Test
    void anOrphanOfWhichAPartIsDeferredIsLegal() {
        orphan(4);
        read(Map.of(FRA, range(100, 110, 2)), offsets(NYC, 100, 110));

        AuditReport waits = lake.audit();
        assertThat(waits.findings()).isEmpty();
        assertThat(waits.notes())
                .singleElement()
                .asString()
                .contains("version 1 holds 2 rows of batch 1")
                .contains("Not staged are [nyc/events-3 offsets 100 to 109]");

        read(Map.of(NYC, range(100, 110, 2)));
        assertThat(lake.audit().findings()).isEmpty();
        assertThat(lake.audit().notes()).isEmpty();
    }

    @Test
    void anOrphanThatReachesFurtherThanTheBatchAfterItIsLegal() {
        lake.quarantine(lake.metadata(Map.of(FRA, range(100, 120, 5)), List.of(), List.of()), 5);
        read(Map.of(FRA, range(100, 104, 1)), offsets(FRA, 104, 110));
        read(Map.of(FRA, range(110, 115, 1)));
        read(Map.of(FRA, range(104, 107, 2)));
        read(Map.of(FRA, range(107, 110, 0)));
        BatchMetadata last = lake.metadata(Map.of(FRA, range(115, 130, 4)), List.of(), List.of());
        lake.quarantine(last, 3).stage(last);

        assertThat(lake.audit().findings()).isEmpty();
        assertThat(lake.audit().notes()).isEmpty();
    }

    @Test
    void anOrphanThatReachesLessFarThanTheBatchAfterItIsLegal() {
        lake.quarantine(lake.metadata(Map.of(FRA, range(100, 104, 1)), List.of(), List.of()), 1);
        BatchMetadata next =
                lake.metadata(Map.of(FRA, range(100, 120, 5), NYC, range(100, 101, 1)), List.of(), List.of());
        lake.quarantine(next, 5).stage(next);

        assertThat(lake.audit().findings()).isEmpty();
        assertThat(lake.audit().notes()).isEmpty();
    }

    @Test
    void rowsThatAreWrittenAgainWhenTheDeferredPartIsReadAreNamed() {
        orphan(4);
        read(Map.of(FRA, range(100, 110, 2)), offsets(NYC, 100, 110));
        BatchMetadata again = lake.metadata(Map.of(NYC, range(100, 110, 2)), List.of(), List.of());
        lake.quarantine(again, 2).stage(again);

        assertThat(found()).containsExactly("QUARANTINE version 1: 2 rows too many");
    }

    @Test
    void rowsThatAnOrphanLacksAreNamedWhenItsOffsetsAreRead() {
        orphan(3);
        read(Map.of(FRA, range(100, 110, 2)), offsets(NYC, 100, 110));
        read(Map.of(NYC, range(100, 110, 2)));

        assertThat(found()).containsExactly("QUARANTINE version -1: 1 rows, no commit of this batch");
    }

    @Test
    void anOrphanCannotStandForRecordsOfAnotherPartition() {
        orphan(4);
        // Of these five, at most two can lie in the orphan.
        read(Map.of(FRA, range(100, 110, 5)), offsets(NYC, 100, 110));

        assertThat(found()).containsExactly("QUARANTINE version -1: 2 rows, no commit of this batch");
    }

    @Test
    void anOrphanOfWhichAPartIsGivenUpIsLegal() {
        orphan(4);
        BatchMetadata batch =
                lake.metadata(Map.of(FRA, range(100, 110, 2)), List.of(), List.of(offsets(NYC, 100, 110)));
        lake.stage(batch);

        assertThat(lake.audit().findings()).isEmpty();
        assertThat(lake.audit().notes()).isEmpty();
    }

    @Test
    void anOrphanWhoseBatchesHaveExpiredIsStillKnown() {
        orphan(4);
        read(Map.of(FRA, range(100, 110, 2)), offsets(NYC, 100, 110));
        read(Map.of(FRA, range(110, 120, 0)));
        read(Map.of(NYC, range(100, 110, 2)));
        lake.staging.set(0, null);
        lake.staging.set(1, null);

        assertThat(lake.audit().findings()).isEmpty();
    }

    @Test
    void aBatchMayReadAPartAndDeferTheRest() {
        read(Map.of(FRA, range(100, 105, 0)), offsets(FRA, 105, 110));
        read(Map.of(FRA, range(110, 112, 0)));
        read(Map.of(FRA, range(105, 107, 0)));
        read(Map.of(FRA, range(107, 110, 0)));

        AuditReport report = lake.audit();
        assertThat(report.findings()).isEmpty();
        assertThat(report.partitions().get(FRA).carried()).isEqualTo(Map.of(100L, 112L));
        assertThat(report.unread()).isEqualTo(UnreadOffsets.NOTHING);
    }

    @Test
    void aHoleBetweenWhatIsReadAndWhatIsDeferredIsNamed() {
        read(Map.of(FRA, range(100, 105, 0)));
        read(Map.of(FRA, range(105, 107, 0)), offsets(FRA, 107, 110));
        lake.tamper(
                lake.staging,
                2,
                text -> text.replace(
                        "\\\"deferred\\\":[[\\\"fra\\\",\\\"events\\\",0,107,110]]",
                        "\\\"deferred\\\":[[\\\"fra\\\",\\\"events\\\",0,108,110]]"));

        assertThat(found()).contains("OFFSETS version 2: from 108, a gap of 1 offsets");
    }

    @Test
    void whatWasGivenUpIsToldWithItsOffsets() {
        BatchMetadata batch = lake.metadata(
                Map.of(FRA, range(100, 110, 0)), List.of(), List.of(offsets(NYC, 100, 160), offsets(NYC, 160, 161)));
        lake.stage(batch);
        AuditReport report = lake.audit();

        assertThat(report.isBalanced()).isTrue();
        assertThat(report.partitions().get(NYC).skipped()).isEqualTo(61);
        assertThat(ReportText.of("file:/lake", report))
                .contains("""
                        skipped by an operator:
                          nyc/events-3 offsets 100 to 159 (60 offsets), since batch 1 of 2026-02-25T06:13:21Z
                          nyc/events-3 offsets 160 to 160 (1 offsets), since batch 1 of 2026-02-25T06:13:21Z
                        """)
                .endsWith("balanced: every record read is accounted for; 61 offsets were skipped by an operator, in 2"
                        + " ranges\n");
        assertThat(ReportJson.of("file:/lake", AuditLevel.LOGS, report))
                .contains("\"offsets_skipped\" : 61")
                .contains("\"since\" : 1772000001000");
    }

    @Test
    void whatWaitsIsToldWithSinceWhen() {
        read(Map.of(FRA, range(100, 105, 0)), offsets(FRA, 105, 110), offsets(NYC, 100, 101));
        read(Map.of(FRA, range(105, 107, 0)));
        AuditReport report = lake.audit();

        assertThat(report.unread().pending())
                .containsExactly(
                        new UnreadOffsets.Range(offsets(FRA, 107, 110), 1, 1_772_000_001_000L, ""),
                        new UnreadOffsets.Range(offsets(NYC, 100, 101), 1, 1_772_000_001_000L, ""));
        assertThat(report.partitions().get(NYC).pending()).isEqualTo(1);
        assertThat(ReportText.of("file:/lake", report))
                .endsWith("balanced: every record read is accounted for; 4 offsets were deferred and still to be read,"
                        + " in 2 ranges\n");
    }

    /** A quarantine commit of both data centers whose batch never came to be. */
    private void orphan(long rows) {
        lake.quarantine(
                lake.metadata(Map.of(FRA, range(100, 110, 2), NYC, range(100, 110, 2)), List.of(), List.of()), rows);
    }

    /** Stages a batch that writes no row to the quarantine. */
    private void read(Map<TopicPartitionId, RangeStats> ranges, OffsetRange... deferred) {
        lake.stage(lake.metadata(ranges, List.of(deferred), List.of()));
    }

    private List<String> found() {
        return lake.audit().findings().stream()
                .map(finding -> finding.kind() + " version " + finding.version() + ": " + finding.found())
                .toList();
    }
}
