package io.tributary.lab.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Spark, Delta, a checkpoint and a job's notes on S3, through the runtime that the jobs open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeltaOnS3IT {

    private static final int APPENDS = 12;

    private S3Lab s3;
    private Map<String, String> properties;
    private LocalRuntime runtime;

    @BeforeAll
    void startS3AndSpark(@TempDir Path dir) {
        s3 = S3Lab.start(ProjectRoot.find(), S3LabSpec.of(dir.resolve("s3")).withBucket("delta"));
        properties = s3.endpoint().properties();
        properties.forEach(System::setProperty);
        runtime = LocalRuntime.open("delta-on-s3-it", 2);
    }

    @AfterAll
    void stopS3AndSpark() {
        runtime.close();
        properties.keySet().forEach(System::clearProperty);
        s3.close();
    }

    @Test
    void aTableIsMadeAppendedToBeyondItsFirstCheckpointAndRead() throws Exception {
        String table = s3.uri("appended");
        DeltaTable.create(spark()).location(table).addColumn("id", "bigint").execute();
        for (int i = 0; i < APPENDS; i++) {
            append(table, i);
        }

        assertThat(spark().read().format("delta").load(table).count()).isEqualTo(APPENDS);
        assertThat(DeltaTable.forPath(spark(), table.replace("s3:", "s3a:"))
                        .history()
                        .count())
                .isEqualTo(APPENDS + 1);
    }

    @Test
    void aStreamWhoseCheckpointLiesOnS3GoesOnWhereItEnded() throws Exception {
        String from = s3.uri("source");
        String to = s3.uri("sink");
        append(from, 1);
        stream(from, to);
        append(from, 2);
        stream(from, to);

        assertThat(spark().read().format("delta").load(to).as(Encoders.LONG()).collectAsList())
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void vacuumDeletesWhatNoVersionListsBelowAPartitionToo() {
        String table = s3.uri("vacuumed");
        SparkSession session = spark().newSession();
        session.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        for (long id = 1; id <= 2; id++) {
            session.range(id, id + 1)
                    .selectExpr("id", "'all of them' AS part")
                    .write()
                    .format("delta")
                    .partitionBy("part")
                    .mode("overwrite")
                    .save(table);
        }
        List<String> before = dataFiles("vacuumed");
        DeltaTable.forPath(session, table).vacuum(0);

        assertThat(before).hasSize(2);
        assertThat(dataFiles("vacuumed")).hasSize(1);
        assertThat(session.read().format("delta").load(table).count()).isEqualTo(1);
    }

    private List<String> dataFiles(String table) {
        try (Stream<Path> files = Files.walk(s3.folder(table))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".parquet"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ofManyWhoCreateOneFileOneDoes() {
        HadoopFiles files = new HadoopFiles(HadoopSettings.ofProcess());
        String file = s3.uri("notes/deferral");

        List<Boolean> created = IntStream.range(0, 8)
                .parallel()
                .mapToObj(writer -> files.createIfAbsent(file, "writer " + writer))
                .toList();

        assertThat(created).containsOnlyOnce(true);
        assertThat(files.read(file)).startsWith("writer " + created.indexOf(true));
    }

    private void stream(String from, String to) throws Exception {
        spark().readStream()
                .format("delta")
                .load(from)
                .writeStream()
                .format("delta")
                .option("checkpointLocation", to + "/_checkpoint")
                .trigger(Trigger.AvailableNow())
                .start(to)
                .awaitTermination();
    }

    private void append(String table, long id) {
        spark().range(id, id + 1).write().format("delta").mode("append").save(table);
    }

    private SparkSession spark() {
        return runtime.spark();
    }
}
