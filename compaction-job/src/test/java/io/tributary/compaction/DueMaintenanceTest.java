package io.tributary.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.maintenance.MaintenanceTasks;
import io.tributary.lake.MergeWatermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DueMaintenanceTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final MaintenanceTasks CROWDED = new MaintenanceTasks(true, false, false);
    private static final MaintenanceTasks HOURLY = new MaintenanceTasks(false, true, false);

    /** What was done. */
    private record Done(MaintenanceTasks tasks, MergeWatermark upTo) {}

    private final BackgroundTask background = new BackgroundTask("maintenance");
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final DueMaintenance maintenance =
            new DueMaintenance(background, (tasks, upTo) -> done.add(new Done(tasks, upTo)));

    @Test
    void whatIsDueIsDoneOnce() throws InterruptedException {
        maintenance.add(HOURLY, merged(1));
        assertThat(maintenance.begin()).isTrue();
        assertThat(background.hasEndedWithin(LONG)).isTrue();
        assertThat(maintenance.begin()).isFalse();

        assertThat(done).containsExactly(new Done(HOURLY, merged(1)));
    }

    @Test
    void whatNoMergeMakesDueIsNotBegun() {
        maintenance.add(MaintenanceTasks.NONE, merged(1));

        assertThat(maintenance.begin()).isFalse();
    }

    @Test
    void whatBecomesDueWhileAFillRunsIsDoneAfterIt() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        background.begin(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        maintenance.add(HOURLY, merged(1));
        assertThat(maintenance.begin()).isFalse();
        maintenance.add(CROWDED, merged(2));
        assertThat(maintenance.begin()).isFalse();
        maintenance.add(MaintenanceTasks.NONE, merged(3));
        end.countDown();
        assertThat(background.hasEndedWithin(LONG)).isTrue();
        assertThat(done).isEmpty();

        assertThat(maintenance.begin()).isTrue();
        assertThat(background.hasEndedWithin(LONG)).isTrue();
        assertThat(done).containsExactly(new Done(new MaintenanceTasks(true, true, false), merged(3)));
    }

    private static MergeWatermark merged(long merge) {
        return new MergeWatermark(Instant.ofEpochSecond(merge), merge);
    }
}
