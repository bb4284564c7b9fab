package io.tributary.ingest.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartPositionTest {

    private static final long LAST_ARRIVAL = 1_700_000_000_000L;
    private static final long NOW = LAST_ARRIVAL + 60_000;

    /** {@code event_time.max_ahead} and {@code dedup.time_tolerance}. */
    private static final Duration ALLOWANCE = Duration.ofMinutes(5).plusSeconds(1);

    private static final DedupStateInfo DEFAULTS = new DedupStateInfo(
            "GLOBAL",
            Duration.ofHours(1),
            ALLOWANCE,
            4,
            "FINGERPRINTS",
            Optional.empty(),
            new TreeMap<>(Map.of(
                    "event.id",
                    "/event_id",
                    "event.time",
                    "/event_time",
                    "event.time_format",
                    "default",
                    "event.time_zone",
                    "UTC")));
    private static final TopicPartitionId PARTITION = new TopicPartitionId("fra", "events", 0);
    private static final ReadProgress FRONTIER = new ReadProgress(
            new PartitionOffsets(new TreeMap<>(Map.of(PARTITION, 42L))),
            new TreeSet<>(Set.of(new OffsetRange(PARTITION, 7, 9))));
    private static final CheckpointStart BEGINNING = new CheckpointStart(ReadProgress.EMPTY, 4);
    private static final BatchMetadata LAST = metadata(DEFAULTS.startingAt(5));

    @Test
    void aNewLakeBeginsWithAStateThatSeesEverything() {
        StartPosition startPosition = StartPosition.decide(
                Optional.empty(), () -> false, PipelineConfig.defaults(), last -> Optional.empty(), NOW);

        assertThat(startPosition)
                .isEqualTo(new StartPosition(
                        "from-" + NOW,
                        DEFAULTS,
                        new CheckpointStart(ReadProgress.EMPTY, NOW),
                        0,
                        true,
                        Optional.empty()));
    }

    @Test
    void aNewStagingTableNextToAMergedOneTrustsNothingFromBefore() {
        StartPosition startPosition = StartPosition.decide(
                Optional.empty(), () -> true, PipelineConfig.defaults(), last -> Optional.empty(), NOW);

        assertThat(startPosition.state().since()).contains(NOW);
        assertThat(startPosition.beginning()).isEqualTo(new CheckpointStart(ReadProgress.EMPTY, NOW));
        assertThat(startPosition.forgotten().orElseThrow())
                .contains("the staging table is new and the merged one is not");
    }

    @Test
    void aWholeCheckpointGoesOnFromItsOwnBeginning() {
        assertThat(decide("", true, NOW))
                .isEqualTo(new StartPosition("from-1", knowing(5), BEGINNING, 7, false, Optional.empty()));
    }

    @Test
    void aLostCheckpointGoesOnAtTheLogsPositionsWithAStateThatBeginsNow() {
        StartPosition startPosition = decide("", false, NOW);

        assertThat(startPosition.checkpoint()).isEqualTo("from-" + NOW);
        assertThat(startPosition.state()).isEqualTo(knowing(NOW));
        assertThat(startPosition.beginning()).isEqualTo(new CheckpointStart(FRONTIER, NOW));
        assertThat(startPosition.after()).isEqualTo(7);
        assertThat(startPosition.isNew()).isTrue();
        assertThat(startPosition.forgotten().orElseThrow()).contains("from-1");
    }

    @ParameterizedTest
    @CsvSource({
        "'dedup: {window: 2h}', dedup.window",
        "'dedup: {window: 59m}', dedup.window",
        "'dedup: {scope: data_center}', dedup.scope",
        "'dedup: {state_partitions: 8}', dedup.state_partitions",
        "'dedup: {state_store: rocksdb}', dedup.state_store",
        "'dedup: {clock_skew: 6m}', dedup.clock_skew",
        "'event: {id: /uid}', event.id",
        "'event: {time: /at}', event.time",
        "'event: {time_zone: Europe/Berlin}', event.time_zone",
        "'event: {time_format: yyyy-MM-dd}', event.time_format",
        "'event: {time_fallback: kafka}', event.time_fallback",
        "'event: {on_tombstone: skip}', event.on_tombstone",
        "'event: {on_heartbeat: {where: /op = h}}', event.on_heartbeat.where",
        "'event: {registry_header: skip}', event.registry_header"
    })
    void aStateThatDoesNotFitTheConfigurationBeginsAnewAndSaysWhy(String changed, String named) {
        StartPosition startPosition = decide(changed, true, NOW);

        assertThat(startPosition.isNew()).isTrue();
        assertThat(startPosition.checkpoint()).isEqualTo("from-" + NOW);
        assertThat(startPosition.beginning().readProgress()).isEqualTo(FRONTIER);
        assertThat(startPosition.state().since()).contains(NOW);
        assertThat(startPosition.forgotten().orElseThrow())
                .startsWith("the configuration has changed in ")
                .contains(named);
    }

    @Test
    void theDataCenterOfAnEventIsPartOfItsIdentityOnlyWhereTheScopeSaysSo() {
        assertThat(decide("event: {data_center: /dc}", true, NOW).isNew()).isFalse();
    }

    @Test
    void anAccountOfBeforeTheMappingWasNotedGoesOn() {
        BatchMetadata older = metadata(new DedupStateInfo(
                "GLOBAL", Duration.ofHours(1), ALLOWANCE, 4, "FINGERPRINTS", Optional.of(5L), new TreeMap<>()));

        StartPosition startPosition = StartPosition.decide(
                Optional.of(older), () -> false, PipelineConfig.defaults(), last -> Optional.of(BEGINNING), NOW);

        assertThat(startPosition.isNew()).isFalse();
        assertThat(startPosition.state()).isEqualTo(knowing(5));
    }

    /** Before the store was noted, all states were in RocksDB. */
    @Test
    void aStateOfBeforeTheStoreWasNotedGoesOnOnlyInRocksDb() {
        BatchMetadata older =
                metadata(new DedupStateInfo("GLOBAL", Duration.ofHours(1), ALLOWANCE, 4, Optional.of(5L)));

        assertThat(StartPosition.decide(
                                Optional.of(older),
                                () -> false,
                                PipelineConfig.defaults(),
                                last -> Optional.of(BEGINNING),
                                NOW)
                        .forgotten())
                .contains("the configuration has changed in dedup.state_store");
        assertThat(StartPosition.decide(
                                Optional.of(older),
                                () -> false,
                                PipelineConfig.parse("dedup: {state_store: rocksdb}", "test"),
                                last -> Optional.of(BEGINNING),
                                NOW)
                        .isNew())
                .isFalse();
    }

    /** Copies came up to an hour ahead of their events' time; none of those may be met again and be trusted. */
    @Test
    void anAllowanceThatShrinksIsWaitedFor() {
        BatchMetadata wide =
                metadata(new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofHours(1), 4, Optional.empty()));

        StartPosition first = StartPosition.decide(
                Optional.of(wide), () -> false, PipelineConfig.defaults(), last -> Optional.of(BEGINNING), NOW);

        long since = NOW + Duration.ofHours(1).minus(ALLOWANCE).toMillis();
        assertThat(first.state().since()).contains(since);
        assertThat(first.beginning().minPlannedAt()).isEqualTo(NOW);

        StartPosition second = StartPosition.decide(
                Optional.of(metadata(first.state())),
                () -> false,
                PipelineConfig.defaults(),
                last -> Optional.empty(),
                NOW + 1);

        assertThat(second.state().since()).as("another start soon after").contains(since);
    }

    @Test
    void aClockThatIsBehindTheLogDoesNotTurnArrivalBack() {
        StartPosition startPosition = decide("", false, LAST_ARRIVAL - 3_600_000);

        assertThat(startPosition.beginning().minPlannedAt()).isEqualTo(LAST_ARRIVAL + 1);
        assertThat(startPosition.state().since()).contains(LAST_ARRIVAL + 1);
        assertThat(startPosition.checkpoint()).isEqualTo("from-" + (LAST_ARRIVAL + 1));
    }

    private static DedupStateInfo knowing(long since) {
        return DEFAULTS.startingAt(since);
    }

    private static StartPosition decide(String yaml, boolean whole, long now) {
        return StartPosition.decide(
                Optional.of(LAST),
                () -> false,
                PipelineConfig.parse(yaml, "pipeline.yaml"),
                last -> whole ? Optional.of(BEGINNING) : Optional.empty(),
                now);
    }

    private static BatchMetadata metadata(DedupStateInfo state) {
        return new BatchMetadata(
                7,
                "from-1",
                3,
                LAST_ARRIVAL,
                LAST_ARRIVAL + 900,
                state,
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                FRONTIER);
    }
}
