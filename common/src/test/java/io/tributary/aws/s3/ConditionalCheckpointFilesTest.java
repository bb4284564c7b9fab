package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.s3.FakeS3.Fault;
import io.tributary.aws.s3.SparkCheckpointFiles.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionalCheckpointFilesTest {

    private static final String KEY = "checkpoint/offsets/7";
    private static final Path PATH = new Path("s3://" + FakeS3.BUCKET + "/" + KEY);

    private FakeS3 s3;
    private SparkCheckpointFiles files;

    @BeforeEach
    void startS3() throws IOException, ReflectiveOperationException {
        s3 = new FakeS3();
        Configuration hadoop = s3.hadoop();
        hadoop.set("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        hadoop.setBoolean("fs.s3.impl.disable.cache", true);
        // As Spark makes it, by its name.
        files = Class.forName(ConditionalCheckpointFiles.class.getName())
                .asSubclass(SparkCheckpointFiles.class)
                .getConstructor(Path.class, Configuration.class)
                .newInstance(PATH.getParent(), hadoop);
    }

    @AfterEach
    void stopS3() {
        s3.close();
    }

    @Test
    void sparkAsksForItUnderTheNameOfTheSetting() {
        assertThat(SQLConf.STREAMING_CHECKPOINT_FILE_MANAGER_CLASS().parent().key())
                .isEqualTo(ConditionalCheckpointFiles.SETTING);
    }

    @Test
    void aPlanAppearsWholeWhenItIsClosed() throws IOException {
        AtomicFile plan = plan("v1\n{}\n");
        assertThat(s3.objects()).doesNotContainKey(KEY);
        plan.close();
        plan.close();

        assertThat(s3.objects().get(KEY).text()).isEqualTo("v1\n{}\n");
        assertThat(s3.count("PUT")).isEqualTo(1);
    }

    @Test
    void ofTwoDriversThatPlanABatchAtTheSameTimeOneIsTold() throws IOException {
        AtomicFile ours = plan("ours");
        AtomicFile theirs = plan("theirs");
        theirs.close();

        assertThatThrownBy(ours::close)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(PATH + " is there already");
        ours.cancel();
        assertThat(s3.objects().get(KEY).text()).isEqualTo("theirs");
    }

    @Test
    void aPlanWhoseAnswerWasLostIsKnownAsOurs() throws IOException {
        s3.failPuts(Fault.storeAndDrop());

        plan("ours").close();

        assertThat(s3.objects().get(KEY).text()).isEqualTo("ours");
    }

    @Test
    void whatIsCancelledNeverAppears() throws IOException {
        AtomicFile plan = plan("ours");
        plan.cancel();
        plan.close();

        assertThat(s3.objects()).isEmpty();
    }

    @Test
    void onlyTheNewestVersionsOfTheStateAreRemembered() throws IOException {
        for (long version = 1; version <= 1_010; version++) {
            Path changelog = new Path("s3://" + FakeS3.BUCKET + "/checkpoint/state/0/0/" + version + ".changelog");
            AtomicFile out = files.createAtomic(changelog, false);
            out.write(1);
            out.close();
        }

        assertThat(((ConditionalCheckpointFiles) files).ownVersions()).isEqualTo(1_001);
    }

    private AtomicFile plan(String text) throws IOException {
        AtomicFile out = files.createAtomic(PATH, false);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return out;
    }
}
