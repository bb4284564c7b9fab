package io.tributary.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import io.tributary.compaction.MergeJob;
import io.tributary.config.DataCenters;
import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lab.fixtures.StagedBatches.Staged;
import io.tributary.lake.LakeTables;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.erasure.IdentityHash;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the lake knows of records before they are read again: real tables, of which a part is merged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LakeEventsIT {

    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2025-11-05T12:00:00Z");
    private static final PipelineConfig CONFIG =
            PipelineConfig.parse("dedup: {window: 1h, time_tolerance: 2s}\n", "test");

    private LocalRuntime runtime;
    private Lake lake;

    @BeforeAll
    void makeALake(@TempDir Path dir) {
        runtime = LocalRuntime.open("lake-events-it", 2);
        lake = Lake.of(Optional.of(dir.toUri().toString()), CONFIG);
        new LakeTables(runtime.spark()).ensure(lake, CONFIG.columns());
        StagedBatches batches = new StagedBatches(runtime.spark(), lake, MORNING.plusSeconds(90_000));
        batches.append(
                Staged.late("merged", MORNING), Staged.late("edge", MIDNIGHT), Staged.late("long ago", LONG_AGO));
        new MergeJob(runtime, CONFIG, lake).run();
        batches.append(Staged.onTime("staged", MORNING.plusSeconds(60)), Staged.late("merged", MORNING));
    }

    @AfterAll
    void end() {
        runtime.close();
    }

    @Test
    void itKnowsWhatIsStagedAndWhatIsMerged() {
        DecodePreview preview = preview(
                events(CONFIG),
                event("merged", MORNING),
                event("staged", MORNING.plusSeconds(60)),
                event("long ago", LONG_AGO),
                event("new", MORNING),
                event("new", MORNING),
                "no json");

        assertThat(preview.known()).isEqualTo(new KnownEvents(5, 3, 1, 1, 0, Optional.empty()));
        assertThat(preview.words())
                .isEqualTo("5 of 6 would be events; 1 would still be refused: 1 not_json."
                        + " Of the events: 3 known, 1 new, 1 copies of these.");
    }

    @Test
    void aCopyWhoseTimeIsOnTheOtherSideOfMidnightIsKnown() {
        DecodePreview preview = preview(events(CONFIG), event("edge", MIDNIGHT.minusSeconds(1)));
        assertThat(preview.known()).isEqualTo(new KnownEvents(1, 1, 0, 0, 0, Optional.empty()));
    }

    @Test
    void underAScopeOfDataCentersAnothersIdIsNew() {
        PipelineConfig scoped = PipelineConfig.parse("dedup: {window: 1h, scope: data_center}\n", "test");
        assertThat(preview(events(scoped), event("merged", MORNING)).known())
                .isEqualTo(new KnownEvents(1, 0, 1, 0, 0, Optional.empty()));
    }

    @Test
    void whatIsErasedIsLeftOut(@TempDir Path other) {
        Lake erasing = Lake.of(Optional.of(other.toUri().toString()), CONFIG);
        new LakeTables(runtime.spark()).ensure(erasing, CONFIG.columns());
        ErasureRequests requests = new ErasureRequests(erasing.erasures(), new HadoopFiles(new Configuration()));
        String salt = requests.salt();
        requests.add(new ErasureRequest(
                1,
                MORNING,
                "me",
                "a test",
                "event_id",
                Duration.ofDays(30),
                DedupScope.GLOBAL,
                salt,
                Set.of(IdentityHash.of(HexFormat.of().parseHex(salt), "gone")),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>()));

        LakeEvents events = LakeEvents.of(runtime.spark(), erasing, CONFIG, new Configuration());
        assertThat(preview(events, event("gone", MORNING), event("new", MORNING))
                        .known())
                .isEqualTo(new KnownEvents(2, 0, 1, 0, 1, Optional.empty()));
    }

    @Test
    void whatIsTooMuchToReadIsComparedInPartAndSaysSo() {
        LakeEvents some = LakeEvents.of(runtime.spark(), lake, CONFIG, new Configuration(), 4);
        KnownEvents part = preview(some, event("long ago", LONG_AGO), event("merged", MORNING))
                .known();
        assertThat(part.compared()).isEqualTo(1);
        assertThat(part.words())
                .contains("compared on 1 of 2 event dates, 1 of 2 events, since the lake holds more than 4");

        LakeEvents none = LakeEvents.of(runtime.spark(), lake, CONFIG, new Configuration(), 0);
        assertThat(preview(none, event("merged", MORNING)).known().words())
                .isEqualTo(
                        "How many of them the lake knows: ?; the lake holds more than 0 rows of each of their dates.");
    }

    @Test
    void aSampleSaysHowWideOfTheMarkItMayBe() {
        assertThat(new KnownEvents(10_000, 9_000, 1_000, 0, 0, Optional.empty())
                        .ofSample(10_000, 2_100_000)
                        .words())
                .isEqualTo(
                        "9,000 known, 1,000 new (a sample of 10,000 of 2,100,000, so the share of known ones is right"
                                + " within 0.59% of all, in 19 of 20 samples).");
        assertThat(new KnownEvents(10_000, 10_000, 0, 0, 0, Optional.empty())
                        .ofSample(10_000, 2_100_000)
                        .words())
                .contains("within 0.03% of all");
    }

    private LakeEvents events(PipelineConfig config) {
        return LakeEvents.of(runtime.spark(), lake, config, new Configuration());
    }

    private DecodePreview preview(LakeEvents events, String... records) {
        Dataset<Row> values = runtime.spark()
                .createDataFrame(
                        Stream.of(records)
                                .map(text ->
                                        RowFactory.create("archive", "events", text.getBytes(StandardCharsets.UTF_8)))
                                .toList(),
                        new StructType()
                                .add(Columns.KAFKA_CLUSTER, DataTypes.StringType)
                                .add(Columns.KAFKA_TOPIC, DataTypes.StringType)
                                .add(SourceColumns.VALUE, DataTypes.BinaryType));
        return DecodePreview.of(values, CONFIG, new DataCenters(List.of()), events, MORNING.plusSeconds(200_000));
    }

    private static String event(String id, Instant time) {
        return "{\"event_id\":\"%s\",\"event_time\":\"%s\"}".formatted(id, time);
    }
}
