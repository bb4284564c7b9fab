package io.tributary.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.s3.FakeS3.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager.CancellableFSDataOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionalCheckpointFilesTest {

    private static final String KEY = "checkpoint/offsets/7";
    private static final Path PATH = new Path("s3://" + FakeS3.BUCKET + "/" + KEY);

    private FakeS3 s3;
    private CheckpointFileManager files;

    @BeforeEach
    void startS3() throws IOException {
        s3 = new FakeS3();
        Configuration hadoop = s3.hadoop();
        hadoop.set("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        hadoop.setBoolean("fs.s3.impl.disable.cache", true);
        hadoop.set(ConditionalCheckpointFiles.SETTING, ConditionalCheckpointFiles.class.getName());
        // As Spark makes it.
        files = CheckpointFileManager.create(PATH.getParent(), hadoop);
    }

    @AfterEach
    void stopS3() {
        s3.close();
    }

    @Test
    void aPlanAppearsWholeWhenItIsClosed() throws IOException {
        CancellableFSDataOutputStream plan = plan("v1\n{}\n");
        assertThat(s3.objects()).doesNotContainKey(KEY);
        plan.close();
        plan.close();

        assertThat(s3.objects().get(KEY).text()).isEqualTo("v1\n{}\n");
        assertThat(s3.count("PUT")).isEqualTo(1);
    }

    @Test
    void ofTwoDriversThatPlanABatchAtTheSameTimeOneIsTold() throws IOException {
        CancellableFSDataOutputStream ours = plan("ours");
        CancellableFSDataOutputStream theirs = plan("theirs");
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
        CancellableFSDataOutputStream plan = plan("ours");
        plan.cancel();
        plan.close();

        assertThat(s3.objects()).isEmpty();
    }

    private CancellableFSDataOutputStream plan(String text) throws IOException {
        CancellableFSDataOutputStream out = files.createAtomic(PATH, false);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return out;
    }
}
