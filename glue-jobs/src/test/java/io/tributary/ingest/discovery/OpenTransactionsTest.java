package io.tributary.ingest.discovery;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    private final OpenTransactions transactions = new OpenTransactions();

    @Test
    void aPartitionThatDoesNotMoveThoughItHasMoreIsNamedAfterTwoMinutes() {
        assertThat(transactions.stuck(reach(7, 91), NOW)).isEmpty();
        assertThat(transactions.stuck(reach(7, 95), NOW.plusSeconds(119))).isEmpty();
        assertThat(transactions.stuck(reach(7, 101), NOW.plusSeconds(120)))
                .hasEntrySatisfying(partition("events", 0), words -> assertThat(words)
                        .startsWith("offsets 7 to 100 of fra/events-0 cannot be read since 2026-01-31T08:00:00Z: a"
                                + " transaction that begins there is still open."));
    }

    @Test
    void transactionsThatEndInTimeAreNoTrouble() {
        for (int second = 0; second < 600; second += 10) {
            assertThat(transactions.stuck(reach(second, second + 5), NOW.plusSeconds(second)))
                    .isEmpty();
        }
    }

    @Test
    void aPartitionThatWasReadToItsEndBeginsAnew() {
        transactions.stuck(reach(7, 9), NOW);
        transactions.stuck(reach(9, 9), NOW.plusSeconds(60));

        assertThat(transactions.stuck(reach(9, 12), NOW.plusSeconds(130))).isEmpty();
    }

    private static OffsetBounds reach(long latest, long end) {
        return new OffsetBounds(
                positions(0),
                positions(latest),
                positions(end),
                positions(0),
                new TreeMap<>(),
                new TreeSet<>(List.of(partition("events", 0))),
                List.of(),
                new TreeSet<>(),
                new TreeMap<>());
    }
}
