package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.ProcessedCounts;
import io.tributary.lab.truth.SentCounts;
import io.tributary.offsets.ReadProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Progress progress = new Progress(
            List.of("dc1", "dc2"),
            new CommitTracker.Standing(
                    Map.of("dc1", new ProcessedCounts(100, 50, 0, 50, 10, 0)), ReadProgress.EMPTY, true, 2));

    @Test
    void theWholeAndEachDataCentreHaveALine() {
        assertThat(lines(1_000))
                .contains("2:05  sending: visible 900, merges 3, freshness p50 1.5 s p99 9.0 s")
                .contains("dc1          sent     1,000  read       900  staged       700  merged       500")
                .contains("duplicates      130  quarantined    100  p50 1.5 s p99 9.0 s")
                .contains("dc2          sent         0  read         0");
    }

    @Test
    void aDataCentreWithoutNewsIsLeftOut() {
        lines(1_000);
        assertThat(lines(2_000)).contains("sending").contains("dc1 ").doesNotContain("dc2 ");
    }

    private String lines(long sent) {
        Freshness freshness = new Freshness(900, 1_500, 5_000, 9_000, 9_500);
        return progress.lines(
                Duration.ofSeconds(125),
                "sending",
                Map.of("dc1", new SentCounts(sent, 0, 0)),
                new CommitTracker.Standing(
                        Map.of("dc1", new ProcessedCounts(1_000, 750, 100, 150, 510, 30)),
                        ReadProgress.EMPTY,
                        false,
                        5),
                new ViewPoller.Sight(900, freshness, List.of(freshness, Freshness.NONE)));
    }
}
