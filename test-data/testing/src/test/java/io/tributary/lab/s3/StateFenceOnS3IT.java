package io.tributary.lab.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tributary.aws.s3.ConditionalCheckpointFiles;
import io.tributary.aws.s3.StateConflictException;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint's state on S3 belongs to the attempt that wrote it first, with the checkpoint files that the streaming job sets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateFenceOnS3IT {

    private S3Lab s3;
    private Map<String, String> properties;
    private LocalRuntime runtime;
    private FileSystem files;
    private final List<Long> passed = new ArrayList<>();
    private int cases;
    private String few;
    private String many;

    @BeforeAll
    void startS3AndSpark(@TempDir java.nio.file.Path dir) throws IOException {
        s3 = S3Lab.start(ProjectRoot.find(), S3LabSpec.of(dir.resolve("s3")).withBucket("state-fence"));
        properties = s3.endpoint().properties();
        properties.forEach(System::setProperty);
        runtime = LocalRuntime.open("state-fence-on-s3-it", 2);
        runtime.spark().conf().set(ConditionalCheckpointFiles.SETTING, ConditionalCheckpointFiles.class.getName());
        files = new Path(s3.uri("")).getFileSystem(HadoopSettings.ofProcess());
    }

    @AfterAll
    void stopS3AndSpark() {
        runtime.close();
        properties.keySet().forEach(System::clearProperty);
        s3.close();
    }

    /** Two checkpoints whose first batches carried other records. */
    @BeforeEach
    void twoAttemptsAtTheFirstBatch() throws Exception {
        cases++;
        few = s3.uri("few-" + cases);
        many = s3.uri("many-" + cases);
        append(few, 0, 1);
        append(many, 0, 8);
        run(few);
        run(many);
    }

    @Test
    void anAttemptThatCarriesOtherRecordsFailsAndLeavesTheFirstStateInForce() throws Exception {
        SortedMap<String, String> first = changelogs(many);
        takeTheStateOf(many, few);
        forgetThatTheBatchIsDone(few);

        Throwable failure = catchThrowable(() -> run(few));

        assertThat(failure).isNotNull();
        assertThat(StateConflictException.isIn(failure)).as("%s", failure).isTrue();
        assertThat(changelogs(few)).isEqualTo(first);
    }

    @Test
    void anAttemptThatCarriesTheSameRecordsTakesTheStateThatIsThere() throws Exception {
        SortedMap<String, String> first = changelogs(few);
        forgetThatTheBatchIsDone(few);
        passed.clear();

        run(few);
        append(few, 0, 4);
        run(few);

        assertThat(first).isNotEmpty();
        assertThat(changelogs(few)).containsAllEntriesOf(first);
        assertThat(passed).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    /** Reads what is new and passes each id once, as the state knows it. A sink of Delta would skip a repeated batch. */
    private void run(String table) throws Exception {
        VoidFunction2<Dataset<Row>, Long> collect =
                (rows, batch) -> passed.addAll(rows.as(Encoders.LONG()).collectAsList());
        spark().readStream()
                .format("delta")
                .load(table)
                .dropDuplicates("id")
                .writeStream()
                .foreachBatch(collect)
                .option("checkpointLocation", table + "-checkpoint")
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private void append(String table, long from, long until) {
        spark().range(from, until).write().format("delta").mode("append").save(table);
    }

    private void forgetThatTheBatchIsDone(String table) throws IOException {
        assertThat(files.delete(new Path(table + "-checkpoint/commits/0"), false))
                .isTrue();
    }

    /** Puts the changelogs of one table's checkpoint in the place of another's. */
    private void takeTheStateOf(String from, String to) throws IOException {
        for (FileStatus file : changelogFiles(to)) {
            Path source = new Path(file.getPath().toString().replace(to, from));
            FileUtil.copy(files, source, files, file.getPath(), false, true, HadoopSettings.ofProcess());
        }
    }

    /** The changes of each partition of the state, by the path below the checkpoint. */
    private SortedMap<String, String> changelogs(String table) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        for (FileStatus file : changelogFiles(table)) {
            try (InputStream in = files.open(file.getPath())) {
                contents.put(
                        file.getPath().toString().replaceFirst(".*-checkpoint/", ""),
                        HexFormat.of().formatHex(in.readAllBytes()));
            }
        }
        return contents;
    }

    private List<FileStatus> changelogFiles(String table) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        FileStatus[] all = files.globStatus(new Path(table + "-checkpoint/state/*/*/*.changelog"));
        for (FileStatus file : all == null ? new FileStatus[0] : all) {
            found.add(file);
        }
        return found;
    }

    private SparkSession spark() {
        return runtime.spark();
    }
}
