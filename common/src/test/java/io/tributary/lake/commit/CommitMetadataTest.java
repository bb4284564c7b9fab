package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMetadataTest {

    private static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId NYC = new TopicPartitionId("nyc", "events", 1);
    private static final TopicPartitionId SIN = new TopicPartitionId("sin", "events", 2);

    private static final BatchMetadata BATCH = new BatchMetadata(
            12,
            "from-1700000000000",
            3,
            1_700_000_001_000L,
            1_700_000_002_345L,
            new DedupStateInfo(
                    "GLOBAL", Duration.ofMillis(90_001), Duration.ofMinutes(5), 4, Optional.of(1_700_000_000_000L)),
            new TreeMap<>(Map.of(
                    FRA, new RangeStats(10, 17, 6, 3, 2, 1, 9, 31), NYC, new RangeStats(5, 5, 0, 0, 0, 0, 0, 0))),
            new TreeSet<>(Set.of(new OffsetRange(NYC, 5, 8))),
            new TreeSet<>(Set.of(new OffsetRange(SIN, 1, 4))),
            new TreeSet<>(Set.of(new OffsetRange(NYC, 0, 5))),
            new TreeSet<>(Set.of(new OffsetRange(SIN, 2, 4))),
            new TreeMap<>(Map.of(NYC, "TimeoutException: no answer")),
            new ReadProgress(
                    new PartitionOffsets(new TreeMap<>(Map.of(FRA, 17L, NYC, 8L, SIN, 4L))),
                    new TreeSet<>(Set.of(new OffsetRange(NYC, 5, 8), new OffsetRange(FRA, 2, 7))),
                    new TreeMap<>(Map.of(
                            new TopicName("fra", "events"),
                            new TopicIdentity("cluster", "topic", 2),
                            new TopicName("fra", "clicks"),
                            TopicIdentity.first("cluster", TopicIdentity.UNTOLD))),
                    new TreeMap<>(Map.of(FRA, 7)),
                    new TreeSet<>(Set.of(NYC)),
                    new TreeSet<>(Set.of(new OffsetRange(SIN, 2, 4)))),
            new FlowInfo(
                    new TreeMap<>(Map.of("fra", 0L, "nyc", 412_933L)),
                    new TreeMap<>(Map.of("fra", 2L)),
                    new TreeMap<>(Map.of(
                            FRA,
                            new AppendTimes(
                                    3,
                                    1_699_999_990_000L,
                                    1_699_999_990_000L,
                                    1_700_000_000_500L,
                                    1_700_000_000_900L)))));

    private static final MergeMetadata MERGE = new MergeMetadata(
            4,
            99,
            1_700_000_000_000L,
            1_700_000_002_345L,
            new TreeMap<>(
                    Map.of("fra", new MergeMetadata.Merged(5, 2, 3, 1), "nyc", new MergeMetadata.Merged(1, 1, 0))),
            new TreeMap<>(Map.of(LocalDate.of(2018, 7, 1), 2L, LocalDate.of(-3, 1, 1), 1L)));

    @Test
    void batchMetadataIsReadBackAsItWasWritten() {
        assertThat(CommitMetadata.parse(BATCH.toText())).contains(BATCH);
    }

    @Test
    void whatWasErasedIsReadBack() {
        RemovalMetadata removal = new RemovalMetadata(
                7,
                "",
                new TreeMap<>(Map.of("2018-07-01", 3L)),
                new TreeMap<>(Map.of("fra", 2L, "nyc", 1L)),
                new TreeMap<>(Map.of(
                        1_700_000_000_000L, new TreeMap<>(Map.of(new TopicPartitionId("fra", "events", 0), 2L)))));
        assertThat(CommitMetadata.parse(removal.toText())).contains(removal);
        assertThat(removal.rows()).isEqualTo(3);
        MergeMetadata merge = new MergeMetadata(
                5,
                99,
                1,
                2,
                new TreeMap<>(Map.of("fra", new MergeMetadata.Merged(6, 2, 3, 1, 1))),
                new TreeMap<>(Map.of(LocalDate.of(2018, 7, 1), 3L)),
                Optional.empty(),
                "",
                7,
                new TreeSet<>());
        assertThat(CommitMetadata.parse(merge.toText())).contains(merge);
        assertThatThrownBy(() ->
                        new RemovalMetadata(7, "", new TreeMap<>(), new TreeMap<>(Map.of("fra", 2L)), new TreeMap<>()))
                .hasMessageContaining("counts do not balance");
    }

    @Test
    void whatIsSaidOfColumnsIsReadBack() {
        FillMetadata fill = new FillMetadata(3, List.of("amount", "seen"), LocalDate.of(2018, 7, 1), 120);
        assertThat(CommitMetadata.parse(fill.toText())).contains(fill);
        MergeMetadata merge = MERGE.withFills(new TreeSet<>(Set.of(3L, 7L)));
        assertThat(merge.toText()).contains("\"fills\":[3,7]");
        assertThat(CommitMetadata.parse(merge.toText())).contains(merge);
        assertThat(MERGE.toText()).doesNotContain("fills");
        assertThat(BATCH.toText()).doesNotContain("columns");
        BatchMetadata batch = (BatchMetadata) CommitMetadata.parse(
                        BATCH.toText().replaceAll("}$", ",\"columns\":{\"seen\":\"fedc\",\"amount\":\"0123\"}}"))
                .orElseThrow();
        assertThat(batch.columns()).isEqualTo(Map.of("amount", "0123", "seen", "fedc"));
        assertThat(CommitMetadata.parse(batch.toText())).contains(batch);
        assertThat(batch.withFlow(FlowInfo.UNKNOWN).columns()).isEqualTo(batch.columns());
    }

    @Test
    void aMergeAccountIsReadBackWithItsRunningTotals() {
        MergeMetadata counted = MERGE.withLifetime(new MergeMetadata.Lifetime(120, -7, 41));
        assertThat(CommitMetadata.parse(counted.toText())).contains(counted);
        assertThat(counted.lifetime().orElseThrow().rows()).isEqualTo(113);
    }

    @Test
    void anAccountOfAnEarlierReleaseIsRead() {
        String earlier = BATCH.toText()
                .replaceAll(",\"(implausible_timestamps|leader_epoch)\":-?\\d+", "")
                .replaceAll(",\"read_errors\":\\{.*?}}}", "")
                .replaceAll(",\"flow\":\\{.*}(?=}$)", "");
        assertThat(earlier).doesNotContain("\"leader_epoch\"", "read_errors", "flow", "appended");

        BatchMetadata read = (BatchMetadata) CommitMetadata.parse(earlier).orElseThrow();
        assertThat(read.positions()).isEqualTo(BATCH.positions());
        assertThat(read.readErrors()).isEmpty();
        assertThat(read.flow()).isEqualTo(FlowInfo.UNKNOWN);
        assertThat(read.total().leaderEpoch()).isEqualTo(-1);
    }

    @Test
    void anAccountFromBeforeTopicsHadIdentitiesIsRead() {
        BatchMetadata old = new BatchMetadata(
                1,
                "c",
                0,
                1,
                2,
                BATCH.state(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new ReadProgress(BATCH.positions(), BATCH.readProgress().pending()));
        String text = old.toText().replace("\"expired\":[],\"truncated\":[],", "");

        assertThat(text).doesNotContain("expired", "truncated", "identities", "unread");
        assertThat(CommitMetadata.parse(text)).contains(old);
    }

    @Test
    void aRollupAccountIsReadBackAsItWasWritten() {
        RollupMetadata update = new RollupMetadata(7, "bucket PT1M \"quoted\"", 3, 5, 42);

        assertThat(CommitMetadata.parse(update.toText())).contains(update);
    }

    @Test
    void aStateThatSawEverythingIsReadBackWithoutABeginning() {
        BatchMetadata first = new BatchMetadata(
                1,
                "c",
                0,
                1,
                2,
                new DedupStateInfo("DATA_CENTER", Duration.ofHours(1), Duration.ofMinutes(5), 1, Optional.empty()),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                ReadProgress.EMPTY);

        assertThat(CommitMetadata.parse(first.toText())).contains(first);
        assertThat(first.toText()).doesNotContain("since");
    }

    @Test
    void aMergeAccountIsReadBackAsItWasWritten() {
        assertThat(CommitMetadata.parse(MERGE.toText())).contains(MERGE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "compacted by hand", "{\"other\":1}", "null"})
    void aCommitOfSomebodyElseCarriesNoAccount(String userMetadata) {
        assertThat(CommitMetadata.parse(userMetadata)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tributary\":\"batch\"",
                "{\"tributary\":\"batch\"}",
                "{\"tributary\":\"merge\"}",
                "{\"tributary\":\"unheard-of\"}",
                "{\"tributary\":\"merge\",\"data_centers\":{},\"merged_by_date\":{\"30 February\":1}}",
            })
    void anAccountThatCannotBeReadIsRefusedAndNotTakenForNone(String userMetadata) {
        assertThatThrownBy(() -> CommitMetadata.parse(userMetadata))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void totalsAreTheSumOfTheParts() {
        assertThat(BATCH.total())
                .extracting(
                        RangeStats::read,
                        RangeStats::staged,
                        RangeStats::duplicate,
                        RangeStats::quarantined,
                        RangeStats::castFailures)
                .containsExactly(6L, 3L, 2L, 1L, 9L);
        assertThat(MERGE.total()).isEqualTo(new MergeMetadata.Merged(6, 3, 3, 1));
    }

    @Test
    void rangesAddUp() {
        RangeStats one = new RangeStats(10, 12, 2, 1, 1, 0, 3, 40);
        RangeStats next = new RangeStats(12, 20, 5, 3, 1, 1, 0, 2);

        assertThat(one.plus(next)).isEqualTo(new RangeStats(10, 20, 7, 4, 2, 1, 3, 42));
        assertThat(RangeStats.EMPTY.plus(one)).isEqualTo(one);
    }

    @Test
    void aRangeWhoseAccountsDoNotBalanceIsRefused() {
        assertThatThrownBy(() -> new RangeStats(0, 3, 3, 1, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts do not balance: read 3, staged 1, duplicate 1, quarantined 0, erased 0,"
                        + " without event 0");
    }

    @Test
    void aMergeWhoseAccountsDoNotBalanceIsRefused() {
        assertThatThrownBy(() -> new MergeMetadata.Merged(3, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts do not balance: staged 3, duplicates 1, merged 1, erased 0");
    }

    @Test
    void anImbalanceInTheLogIsRefused() {
        String cooked = BATCH.toText().replace("\"staged\":3", "\"staged\":4");

        assertThatThrownBy(() -> CommitMetadata.parse(cooked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("counts do not balance: read 6, staged 4");
    }
}
