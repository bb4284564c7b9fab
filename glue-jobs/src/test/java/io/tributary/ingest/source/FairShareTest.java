package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.partition;
import static io.tributary.ingest.source.Sources.positions;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.account.Positions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FairShareTest {

    private static final FairShare SHARE = new FairShare(100);

    @Test
    void whatFitsTheShareIsReadToTheEnd() {
        Positions until = SHARE.until(positions(10, 20), reach(positions(0, 0), positions(70, 60)));

        assertThat(until).isEqualTo(positions(70, 60));
    }

    @Test
    void aBacklogIsSharedInProportionToWhatWaits() {
        Positions until = SHARE.until(positions(0, 1000, 5), reach(positions(0, 0, 0), positions(9000, 2000, 5)));

        assertThat(until).isEqualTo(positions(90, 1010, 5));
    }

    @Test
    void aPartitionWithLittleWaitingIsNotStarved() {
        Positions until = SHARE.until(positions(0, 0), reach(positions(0, 0), positions(1_000_000_000, 1)));

        assertThat(until).isEqualTo(positions(100, 1));
    }

    @Test
    void theShareIsExceededByLessThanARecordForEachPartition() {
        Positions until = SHARE.until(positions(0, 0, 0), reach(positions(0, 0, 0), positions(1000, 1000, 1000)));

        assertThat(until).isEqualTo(positions(34, 34, 34));
    }

    @Test
    void nothingIsReadBeyondTheEnd() {
        long far = Long.MAX_VALUE / 4;
        Positions latest = positions(far, far + 1, 3);
        Positions until =
                new FairShare(Long.MAX_VALUE).until(positions(far - 2, far - 1, 3), reach(positions(0, 0, 0), latest));

        assertThat(until).isEqualTo(latest);
    }

    @Test
    void whereNothingWaitsNothingMoves() {
        Positions until = SHARE.until(positions(7, 9), reach(positions(0, 0), positions(7, 9)));

        assertThat(until).isEqualTo(positions(7, 9));
    }

    @Test
    void aNewDataCenterBeginsAtItsStartWithoutRecords() {
        Positions until =
                SHARE.until(Positions.EMPTY, new Reach(positions(1, 2), positions(500, 600), positions(300, 400)));

        assertThat(until).isEqualTo(positions(300, 400));
    }

    @Test
    void aPartitionThatIsAddedLaterIsReadWhole() {
        Positions until = SHARE.until(positions(7), new Reach(positions(0, 4), positions(8, 600), positions(8, 600)));

        assertThat(until).isEqualTo(positions(8, 4));
    }

    @Test
    void positionsOfATopicThatLeftTheConfigurationAreKept() {
        Positions gone = new Positions(Sources.sorted(Map.of(partition("gone", 0), 42L)));

        Positions until = SHARE.until(positions(7).plus(gone), reach(positions(0), positions(8)));

        assertThat(until).isEqualTo(positions(8).plus(gone));
    }

    private static Reach reach(Positions earliest, Positions latest) {
        return new Reach(earliest, latest, earliest);
    }
}
