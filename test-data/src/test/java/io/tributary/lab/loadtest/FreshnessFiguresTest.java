package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.lab.profile.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessFiguresTest {

    private final Profile profile = GeneratedRun.profile(100);
    private final EventTimes events = new EventTimes();

    @Test
    void freshnessIsFromDueAndFromAppendAndTheWarmUpIsLeftOut() {
        add(1_000, 1_020, 90_000, true);
        add(6_000, 6_500, 10_000, true);
        JsonNode json = figures().json();

        assertThat(json.at("/due_on_time/count").asInt()).isEqualTo(1);
        assertThat(json.at("/due_on_time/p99").asDouble()).isEqualTo(4.0, within());
        assertThat(json.at("/append_on_time/p99").asDouble()).isEqualTo(3.5, within());
    }

    @Test
    void lateEventsCountWhereTheyAreAskedForAndBackdatedOnesNever() {
        add(6_000, 6_020, 10_000, true);
        add(7_000, 27_000, 47_000, false);
        // Due is not known of it: its time is that of long ago.
        add(-200_000, 8_000, 30_000, false);
        JsonNode json = figures().json();

        assertThat(json.at("/due_on_time/count").asInt()).isEqualTo(1);
        assertThat(json.at("/due_all/count").asInt()).isEqualTo(2);
        assertThat(json.at("/due_all/max").asDouble()).isEqualTo(40.0, org.assertj.core.api.Assertions.within(0.05));
    }

    @Test
    void recoveryIsUntilTheLastShowsThatWasDueByTheEndOfTheFault() {
        add(6_000, 6_020, 18_000, true);
        add(9_000, 9_020, 16_000, true);
        add(11_000, 11_020, 19_000, true);

        assertThat(figures().lastVisibleDueBy(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void theOthersAreThoseThatAreNotInTrouble() {
        GeneratedRun.add(events, 6_000, 6_020, 9_000, true, 0);
        GeneratedRun.add(events, 6_000, 6_020, 60_000, true, 1);

        assertThat(figures()
                        .dueOnTimeOfOthers("dc2", Duration.ofSeconds(5), Duration.ofSeconds(10))
                        .getMaxValue())
                .isBetween(2_990L, 3_010L);
    }

    @Test
    void everyEventOnTimeIsInTheHeatMap() {
        EventTimes many = GeneratedRun.events(profile, due -> 700 + due / 2);
        JsonNode map = new FreshnessFigures(profile, many, GeneratedRun.START).heatMap();
        int all = 0;
        for (JsonNode cell : map.get("cells")) {
            assertThat(cell.get(1).asInt()).isBetween(1, map.get("rows").size());
            all += cell.get(2).asInt();
        }
        assertThat(all).isEqualTo(many.size());
    }

    private void add(long due, long appended, long visible, boolean isOnTime) {
        GeneratedRun.add(events, due, appended, visible, isOnTime, 0);
    }

    private FreshnessFigures figures() {
        return new FreshnessFigures(profile, events, GeneratedRun.START);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(0.01);
    }
}
