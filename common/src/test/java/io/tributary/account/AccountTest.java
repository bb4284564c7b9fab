package io.tributary.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private static final PartitionId FRA = new PartitionId("fra", "events", 0);
    private static final PartitionId NYC = new PartitionId("nyc", "events", 1);
    private static final PartitionId SIN = new PartitionId("sin", "events", 2);

    private static final BatchAccount BATCH = new BatchAccount(
            12,
            "from-1700000000000",
            3,
            1_700_000_001_000L,
            1_700_000_002_345L,
            new StateSpan(
                    "GLOBAL", Duration.ofMillis(90_001), Duration.ofMinutes(5), 4, Optional.of(1_700_000_000_000L)),
            new TreeMap<>(Map.of(FRA, new Range(10, 17, 6, 3, 2, 1, 9, 31), NYC, new Range(5, 5, 0, 0, 0, 0, 0, 0))),
            new TreeSet<>(Set.of(new OffsetRange(NYC, 5, 8))),
            new TreeSet<>(Set.of(new OffsetRange(SIN, 1, 4))),
            new TreeSet<>(Set.of(new OffsetRange(NYC, 0, 5))),
            new TreeSet<>(Set.of(new OffsetRange(SIN, 2, 4))),
            new TreeMap<>(Map.of(NYC, "TimeoutException: no answer")),
            new Frontier(
                    new Positions(new TreeMap<>(Map.of(FRA, 17L, NYC, 8L, SIN, 4L))),
                    new TreeSet<>(Set.of(new OffsetRange(NYC, 5, 8), new OffsetRange(FRA, 2, 7))),
                    new TreeMap<>(Map.of(
                            new TopicName("fra", "events"),
                            new TopicIdentity("cluster", "topic", 2),
                            new TopicName("fra", "clicks"),
                            TopicIdentity.first("cluster", TopicIdentity.UNTOLD))),
                    new TreeMap<>(Map.of(FRA, 7)),
                    new TreeSet<>(Set.of(NYC)),
                    new TreeSet<>(Set.of(new OffsetRange(SIN, 2, 4)))));

    private static final MergeAccount MERGE = new MergeAccount(
            4,
            99,
            1_700_000_000_000L,
            1_700_000_002_345L,
            new TreeMap<>(Map.of("fra", new MergeAccount.Merged(5, 2, 3, 1), "nyc", new MergeAccount.Merged(1, 1, 0))),
            new TreeMap<>(Map.of(LocalDate.of(2018, 7, 1), 2L, LocalDate.of(-3, 1, 1), 1L)));

    @Test
    void aBatchAccountIsReadBackAsItWasWritten() {
        assertThat(Account.parse(BATCH.toText())).contains(BATCH);
    }

    @Test
    void aMergeAccountIsReadBackWithItsRunningTotals() {
        MergeAccount counted = MERGE.withLifetime(new MergeAccount.Lifetime(120, -7, 41));
        assertThat(Account.parse(counted.toText())).contains(counted);
        assertThat(counted.lifetime().orElseThrow().rows()).isEqualTo(113);
    }

    @Test
    void anAccountOfAnEarlierReleaseIsRead() {
        String earlier = BATCH.toText()
                .replaceAll(",\"(implausible_timestamps|leader_epoch)\":-?\\d+", "")
                .replaceAll(",\"read_errors\":\\{.*?}}}", "");
        assertThat(earlier).doesNotContain("\"leader_epoch\"", "read_errors");

        BatchAccount read = (BatchAccount) Account.parse(earlier).orElseThrow();
        assertThat(read.positions()).isEqualTo(BATCH.positions());
        assertThat(read.readErrors()).isEmpty();
        assertThat(read.total().leaderEpoch()).isEqualTo(-1);
    }

    @Test
    void anAccountFromBeforeTopicsHadIdentitiesIsRead() {
        BatchAccount old = new BatchAccount(
                1,
                "c",
                0,
                1,
                2,
                BATCH.state(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new Frontier(BATCH.positions(), BATCH.frontier().waiting()));
        String text = old.toText().replace("\"expired\":[],\"truncated\":[],", "");

        assertThat(text).doesNotContain("expired", "truncated", "identities", "unread");
        assertThat(Account.parse(text)).contains(old);
    }

    @Test
    void aRollupAccountIsReadBackAsItWasWritten() {
        RollupAccount update = new RollupAccount(7, "bucket PT1M \"quoted\"", 3, 5, 42);

        assertThat(Account.parse(update.toText())).contains(update);
    }

    @Test
    void aStateThatSawEverythingIsReadBackWithoutABeginning() {
        BatchAccount first = new BatchAccount(
                1,
                "c",
                0,
                1,
                2,
                new StateSpan("DATA_CENTER", Duration.ofHours(1), Duration.ofMinutes(5), 1, Optional.empty()),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                Frontier.EMPTY);

        assertThat(Account.parse(first.toText())).contains(first);
        assertThat(first.toText()).doesNotContain("since");
    }

    @Test
    void aMergeAccountIsReadBackAsItWasWritten() {
        assertThat(Account.parse(MERGE.toText())).contains(MERGE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "compacted by hand", "{\"other\":1}", "null"})
    void aCommitOfSomebodyElseCarriesNoAccount(String userMetadata) {
        assertThat(Account.parse(userMetadata)).isEmpty();
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
        assertThatThrownBy(() -> Account.parse(userMetadata))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void totalsAreTheSumOfTheParts() {
        assertThat(BATCH.total())
                .extracting(Range::read, Range::staged, Range::duplicate, Range::quarantined, Range::unfit)
                .containsExactly(6L, 3L, 2L, 1L, 9L);
        assertThat(MERGE.total()).isEqualTo(new MergeAccount.Merged(6, 3, 3, 1));
    }

    @Test
    void rangesAddUp() {
        Range one = new Range(10, 12, 2, 1, 1, 0, 3, 40);
        Range next = new Range(12, 20, 5, 3, 1, 1, 0, 2);

        assertThat(one.plus(next)).isEqualTo(new Range(10, 20, 7, 4, 2, 1, 3, 42));
        assertThat(Range.EMPTY.plus(one)).isEqualTo(one);
    }

    @Test
    void aRangeWhoseAccountsDoNotBalanceIsRefused() {
        assertThatThrownBy(() -> new Range(0, 3, 3, 1, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accounts do not balance: read 3, staged 1, duplicate 1, quarantined 0");
    }

    @Test
    void aMergeWhoseAccountsDoNotBalanceIsRefused() {
        assertThatThrownBy(() -> new MergeAccount.Merged(3, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accounts do not balance: staged 3, repeats 1, merged 1");
    }

    @Test
    void anImbalanceInTheLogIsRefused() {
        String cooked = BATCH.toText().replace("\"staged\":3", "\"staged\":4");

        assertThatThrownBy(() -> Account.parse(cooked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accounts do not balance: read 6, staged 4");
    }
}
