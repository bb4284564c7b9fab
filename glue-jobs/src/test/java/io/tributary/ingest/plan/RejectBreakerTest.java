package io.tributary.ingest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.BreakerConfig;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectBreakerTest {

    private static final TopicPartitionId EVENTS = new TopicPartitionId("fra", "events", 2);
    private static final BreakerConfig CONFIG = new BreakerConfig(50, Duration.ofMinutes(5), 100);
    private static final BatchPlan PLAN = BatchPlan.all(List.of(new BatchPlan(
            new TreeMap<>(),
            PartitionOffsets.EMPTY,
            new TreeSet<>(List.of(new OffsetRange(EVENTS, 0, 9))),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            List.of())));

    @TempDir
    Path dir;

    private RejectBreaker breaker;
    private long sequence;
    private long minute;
    private long offset = 4000;

    @BeforeEach
    void start() {
        breaker = breaker(CONFIG);
    }

    @Test
    void aDataCenterIsHaltedOnceMostOfAWindowIsRejected() {
        batch(EVENTS, 90, 90);
        assertThat(isRead("fra", "")).as("too few records").isTrue();
        batch(EVENTS, 90, 1);
        batch(EVENTS, 20, 0);
        assertThat(isRead("fra", "")).as("91 of 200").isTrue();
        batch(EVENTS, 100, 80);

        assertThat(isRead("fra", "")).isFalse();
        assertThat(isRead("nyc", "")).isTrue();
        assertThat(breaker.judged(center("fra", ""), PLAN).halts())
                .singleElement()
                .extracting(Halt::describe)
                .asString()
                .startsWith(
                        "171 of the last 300 records were rejected (breaker.max_rejected_percent is 50), beginning at"
                                + " fra/events-2 offset 4000,")
                .contains("which puts accept_rejects: [events-2 from offset 4000]");
    }

    @Test
    void recordsWithoutAnEventDoNotHideThatAllOthersAreRejected() {
        batch(EVENTS, 500, 120, 380);

        assertThat(isRead("fra", "")).isFalse();
    }

    @Test
    void recordsWithoutAnEventAloneSayNothing() {
        batch(EVENTS, 500, 20, 480);

        assertThat(isRead("fra", "")).as("too few others").isTrue();
    }

    @Test
    void whatWasBeforeTheWindowDoesNotCount() {
        batch(EVENTS, 90, 90);
        minute += 6;
        batch(EVENTS, 50, 10);

        assertThat(isRead("fra", "")).isTrue();
    }

    @Test
    void anAcceptedTripHaltsNothingAndEndsWhenRecordsAreGood() {
        batch(EVENTS, 200, 200);
        assertThat(isRead("fra", "events-2 from offset 4000")).isTrue();
        assertThat(isRead("fra", "events-2 from offset 3999")).isFalse();
        batch(EVENTS, 200, 200);
        assertThat(isRead("fra", "events-2 from offset 4000")).isTrue();
        minute += 6;
        batch(EVENTS, 200, 0);
        assertThat(isRead("fra", "")).isTrue();
        minute += 6;
        batch(EVENTS, 200, 150);
        assertThat(isRead("fra", "events-2 from offset 4000"))
                .as("another trip")
                .isFalse();
    }

    @Test
    void aTripOutlivesARestartAndADamagedNoteIsNone() throws Exception {
        batch(EVENTS, 200, 200);
        assertThat(isRead("fra", "")).isFalse();
        breaker = breaker(CONFIG);
        assertThat(isRead("fra", "")).isFalse();

        Files.deleteIfExists(dir.resolve(".breaker.json.crc"));
        Files.writeString(dir.resolve("breaker.json"), "{\"fra\": {\"top");
        breaker = breaker(CONFIG);
        assertThat(isRead("fra", "")).isTrue();
    }

    @Test
    void replaysDoNotCount() {
        batch(new TopicPartitionId("fra", ReplayTopic.ofQuarantine("one"), 0), 500, 500);

        assertThat(isRead("fra", "")).isTrue();
    }

    @Test
    void aHundredPercentHaltsNobody() {
        breaker = breaker(new BreakerConfig(100, Duration.ofMinutes(5), 1));
        batch(EVENTS, 500, 500);

        assertThat(isRead("fra", "")).isTrue();
    }

    private RejectBreaker breaker(BreakerConfig config) {
        return new RejectBreaker(
                config,
                new HadoopFiles(new Configuration()),
                dir.resolve("breaker.json").toUri().toString());
    }

    private boolean isRead(String dataCenter, String accepted) {
        return breaker.judged(center(dataCenter, accepted), PLAN).halts().isEmpty();
    }

    private static DataCenter center(String name, String accepted) {
        return DataCenters.parse(
                        "data_centers: [{name: %s, bootstrap_servers: \"b:1\", topics: [events], accept_rejects: [%s]}]"
                                .formatted(name, accepted),
                        "test")
                .all()
                .get(0);
    }

    private void batch(TopicPartitionId partition, long read, long rejected) {
        batch(partition, read, rejected, 0);
    }

    private void batch(TopicPartitionId partition, long read, long rejected, long withoutEvent) {
        long until = offset + read;
        breaker.update(new BatchMetadata(
                ++sequence,
                "checkpoint",
                sequence,
                sequence,
                Duration.ofMinutes(minute).toMillis() + sequence,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ZERO, 1, Optional.empty()),
                new TreeMap<>(Map.of(
                        partition,
                        new RangeStats(
                                offset,
                                until,
                                read,
                                read - rejected - withoutEvent,
                                0,
                                rejected,
                                0,
                                0,
                                0,
                                -1,
                                0,
                                withoutEvent))),
                new TreeSet<>(),
                new TreeSet<>(),
                new ReadProgress(new PartitionOffsets(new TreeMap<>(Map.of(partition, until))), new TreeSet<>())));
        offset = until;
    }
}
