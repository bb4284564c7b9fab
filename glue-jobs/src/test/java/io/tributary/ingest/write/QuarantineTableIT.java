package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Refused records of batches that are written in pieces, never come to be, or are written by a driver that wakes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineTableIT {

    private static final TopicPartitionId PARTITION = new TopicPartitionId("fra", "events", 0);

    private LocalRuntime runtime;

    @TempDir
    Path dir;

    private LakeTemplate template;
    private Lake lake;
    private int lakes;

    @BeforeAll
    void startSpark(@TempDir Path folder) {
        runtime = LocalRuntime.open("quarantine-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder, PipelineConfig.defaults());
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void newLake() {
        lake = template.copyTo(dir.resolve("lake" + lakes++));
    }

    @Test
    void aDriverThatWakesAfterAnotherHasWrittenWritesNothing() {
        QuarantineTable paused = table(Optional.empty());
        QuarantineTable other = table(Optional.empty());
        BatchMetadata batch = batch(1, 0, 3);

        QuarantineTable.Claim claim = paused.claim(batch, ReadProgress.EMPTY);
        other.write(rejected(0, 3), batch(1, 0, 3, 77), ReadProgress.EMPTY);

        assertThatThrownBy(() -> paused.write(rejected(0, 3), batch, claim))
                .isInstanceOf(CommitConflictException.class)
                .hasMessageContaining("another driver has written to the quarantine meanwhile");
        assertThat(offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aBatchThatNeverCameToBeIsMetAgainInPiecesAcrossStarts() {
        table(Optional.empty()).write(rejected(0, 6), batch(1, 0, 6), ReadProgress.EMPTY);

        QuarantineTable second = table(Optional.empty());
        second.write(rejected(0, 2), batch(1, 0, 2), ReadProgress.EMPTY);
        QuarantineTable third = table(Optional.of(batch(1, 0, 2)));
        third.write(rejected(2, 4), batch(2, 2, 4), batch(1, 0, 2).readProgress());
        QuarantineTable fourth = table(Optional.of(batch(2, 2, 4)));
        // Its first write looks for rows that are there whatever it knows, and only the next depends on that.
        fourth.write(rejected(4, 5), batch(3, 4, 5), batch(2, 2, 4).readProgress());
        fourth.write(rejected(5, 8), batch(4, 5, 8), batch(3, 4, 5).readProgress());

        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void onlyColumnsWhoseValuesRepeatAreWrittenWithADictionary() throws IOException {
        table(Optional.empty()).write(rejected(0, 6), batch(1, 0, 6), ReadProgress.EMPTY);

        String file =
                runtime.spark().read().format("delta").load(lake.quarantine()).inputFiles()[0];
        Map<String, Boolean> hasDictionary = new TreeMap<>();
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file),
                runtime.spark().sessionState().newHadoopConf()))) {
            reader.getFooter()
                    .getBlocks()
                    .get(0)
                    .getColumns()
                    .forEach(column -> hasDictionary.put(column.getPath().toDotString(), column.hasDictionaryPage()));
        }
        assertThat(hasDictionary)
                .containsEntry(Columns.REASON, true)
                .containsEntry(Columns.RAW, false)
                .containsEntry(Columns.KAFKA_OFFSET, false);
    }

    @Test
    void aBatchThatIsWrittenTwiceByOneDriverAddsWhatIsNew() {
        QuarantineTable table = table(Optional.empty());
        table.write(rejected(0, 2), batch(1, 0, 4), ReadProgress.EMPTY);
        table.write(rejected(0, 4), batch(1, 0, 4, 78), ReadProgress.EMPTY);

        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void whatAnotherDriverLeavesBehindAfterTheStartIsMetAgainInPiecesAcrossStarts() {
        QuarantineTable winner = table(Optional.empty());
        table(Optional.empty()).write(rejected(0, 6), batch(1, 0, 6, 77), ReadProgress.EMPTY);

        winner.write(rejected(0, 2), batch(1, 0, 2), ReadProgress.EMPTY);
        winner.write(rejected(2, 4), batch(2, 2, 4), batch(1, 0, 2).readProgress());
        QuarantineTable next = table(Optional.of(batch(2, 2, 4)));
        next.write(rejected(4, 5), batch(3, 4, 5), batch(2, 2, 4).readProgress());
        next.write(rejected(5, 8), batch(4, 5, 8), batch(3, 4, 5).readProgress());

        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    /** Spark's planner descends into a condition, and a batch of many partitions has as many ranges. */
    @Test
    void aConditionOnThousandsOfRangesIsPlanned() {
        List<OffsetRange> ranges = new ArrayList<>();
        for (int partition = 0; partition < 5_000; partition++) {
            ranges.add(new OffsetRange(new TopicPartitionId("fra", "many", partition), 0, 9));
        }
        ranges.add(new OffsetRange(PARTITION, 1, 3));

        assertThat(rejected(0, 4).where(UnwritableRecords.within(ranges)).count())
                .isEqualTo(2);
        assertThat(rejected(0, 4).where(UnwritableRecords.within(List.of())).count())
                .isZero();
    }

    private QuarantineTable table(Optional<BatchMetadata> newest) {
        CommitLog log =
                new CommitLog(lake.quarantine(), runtime.spark().sessionState().newHadoopConf());
        HadoopFiles files = new HadoopFiles(runtime.spark().sessionState().newHadoopConf());
        return new QuarantineTable(
                runtime.spark(),
                lake.quarantine(),
                log,
                QuarantineOrphans.find(log, newest, files, lake.root() + "/orphans.json"));
    }

    private List<Long> offsets() {
        return runtime.spark().read().format("delta").load(lake.quarantine()).collectAsList().stream()
                .map(row -> row.<Long>getAs(Columns.KAFKA_OFFSET))
                .sorted()
                .toList();
    }

    private Dataset<Row> rejected(long from, long until) {
        List<Row> rows = new ArrayList<>();
        StructType schema = SourceColumns.SCHEMA;
        for (long offset = from; offset < until; offset++) {
            Object[] values = new Object[schema.size()];
            values[schema.fieldIndex(Columns.KAFKA_CLUSTER)] = PARTITION.dataCenter();
            values[schema.fieldIndex(Columns.KAFKA_TOPIC)] = PARTITION.topic();
            values[schema.fieldIndex(Columns.KAFKA_PARTITION)] = PARTITION.partition();
            values[schema.fieldIndex(Columns.KAFKA_OFFSET)] = offset;
            values[schema.fieldIndex(SourceColumns.PLANNED_AT)] = new Timestamp(1_000);
            values[schema.fieldIndex(SourceColumns.VALUE)] = new byte[] {1};
            rows.add(new GenericRow(values));
        }
        return new Decoding(PipelineConfig.defaults())
                .apply(runtime.spark().createDataFrame(rows, schema))
                .withColumn(BatchWriter.ERASED, lit(false));
    }

    private static BatchMetadata batch(long sequence, long from, long until) {
        return batch(sequence, from, until, 1_000 + sequence);
    }

    private static BatchMetadata batch(long sequence, long from, long until, long committedAt) {
        RangeStats range = new RangeStats(from, until, until - from, 0, 0, until - from, 0, 0);
        return new BatchMetadata(
                sequence,
                "c",
                sequence,
                sequence,
                committedAt,
                new DedupStateInfo("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty()),
                new TreeMap<>(Map.of(PARTITION, range)),
                new TreeSet<>(),
                new TreeSet<>(),
                new ReadProgress(new PartitionOffsets(new TreeMap<>(Map.of(PARTITION, until))), new TreeSet<>()));
    }
}
