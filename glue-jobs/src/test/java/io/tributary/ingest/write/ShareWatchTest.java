package io.tributary.ingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareWatchTest {

    private final ShareWatch.Share share = new ShareWatch.Share();

    @Test
    void aShareAsEverIsNotTold() {
        for (int batch = 0; batch < 300; batch++) {
            assertThat(share.isJumpToTell(30 + batch % 3, 100)).isFalse();
        }
    }

    @Test
    void aJumpIsToldWithNumbersAndAgainAtGrowingIntervals() {
        batches(200, 2, 100);

        List<Integer> told = new ArrayList<>();
        for (int batch = 1; batch <= 10; batch++) {
            if (share.isJumpToTell(90, 100)) {
                told.add(batch);
            }
        }

        assertThat(told).startsWith(2, 3, 5).hasSizeLessThanOrEqualTo(4);
        assertThat(share.describe()).matches("8\\d\\.\\d % of the last records, \\d+\\.\\d % over a longer time,");
    }

    @Test
    void aShareThatIsHighFromTheBeginningIsTold() {
        assertThat(share.isJumpToTell(13, 15)).as("too few to tell").isFalse();
        assertThat(share.isJumpToTell(130, 150)).isTrue();
    }

    @Test
    void whatHasBecomeUsualIsNoJump() {
        batches(200, 2, 100);
        batches(200, 90, 100);
        assertThat(share.isJumpToTell(90, 100)).isFalse();
    }

    @Test
    void batchesWithoutRecordsChangeNothing() {
        batches(200, 2, 100);
        batches(1000, 0, 0);
        share.isJumpToTell(90, 100);
        assertThat(share.isJumpToTell(90, 100)).isTrue();
    }

    private void batches(int count, long part, long whole) {
        for (int batch = 0; batch < count; batch++) {
            share.isJumpToTell(part, whole);
        }
    }
}
