package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.s3.SparkCheckpointFiles.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.io.CompressionCodec$;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a state on this machine, written by more than one attempt at a batch. */
class StateFilesTest {

    @TempDir
    java.nio.file.Path dir;

    private Path changelog;
    private Path snapshot;

    @BeforeEach
    void places() {
        changelog = new Path(dir.resolve("state/0/1/5.changelog").toUri());
        snapshot = new Path(dir.resolve("state/0/1/5.zip").toUri());
    }

    @Test
    void theSameChangesInAnotherOrderAreTheSame() throws IOException {
        write(attempt(), changelog, changes("a=1", "b=2"));
        write(attempt(), changelog, changes("b=2", "a=1"));

        assertThat(dir.resolve("state/0/1/5.changelog")).hasBinaryContent(changes("a=1", "b=2"));
    }

    @Test
    void otherChangesFailTheTaskAndLeaveTheFirstInForce() throws IOException {
        write(attempt(), changelog, changes("a=1"));
        AtomicFile second = attempt().createAtomic(changelog, true);
        second.write(changes("a=1", "b=2"));

        assertThatThrownBy(second::close)
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("5.changelog holds the state of another attempt at this batch");
        // Spark 3.5 passes over what a close throws, and only then cancels.
        assertThatThrownBy(second::cancel).isInstanceOf(LinkageError.class).satisfies(failure -> assertThat(
                        StateConflictException.isIn(failure))
                .isTrue());
        assertThat(dir.resolve("state/0/1/5.changelog")).hasBinaryContent(changes("a=1"));
    }

    @Test
    void aSnapshotOfAnAttemptThatWasNotFirstIsNotWritten() throws IOException {
        ConditionalCheckpointFiles first = attempt();
        write(first, changelog, changes("a=1"));
        ConditionalCheckpointFiles second = attempt();
        AtomicFile other = second.createAtomic(changelog, true);
        other.write(changes("b=2"));
        assertThatThrownBy(other::close).isInstanceOf(StateConflictException.class);

        assertThatThrownBy(() -> second.createAtomic(snapshot, true))
                .hasMessageContaining("is not written, because the changelog of that version is of another attempt");
        write(first, snapshot, new byte[] {1});
        assertThat(dir.resolve("state/0/1/5.zip")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void aChangelogThatCannotBeReadIsAnothers() throws IOException {
        write(attempt(), changelog, "damaged".getBytes(StandardCharsets.UTF_8));
        AtomicFile second = attempt().createAtomic(changelog, true);
        second.write(changes("a=1"));

        assertThatThrownBy(second::close).isInstanceOf(StateConflictException.class);
    }

    @Test
    void ofTwoPlansOfABatchTheFirstIsInForceOnThisMachineToo() throws IOException {
        Path plan = new Path(dir.resolve("offsets/7").toUri());
        AtomicFile ours = attempt().createAtomic(plan, false);
        write(attempt(), plan, new byte[] {1});
        ours.write(2);

        assertThatThrownBy(ours::close).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(dir.resolve("offsets/7")).hasBinaryContent(new byte[] {1});
        assertThat(dir.resolve("offsets")).isDirectoryNotContaining("glob:**.tmp");
    }

    private ConditionalCheckpointFiles attempt() {
        return new ConditionalCheckpointFiles(new Path(dir.toUri()), new Configuration());
    }

    private static void write(ConditionalCheckpointFiles files, Path path, byte[] content) throws IOException {
        try (AtomicFile out = files.createAtomic(path, !path.getName().equals("7"))) {
            out.write(content);
        }
    }

    /** A changelog as Spark writes it. */
    private static byte[] changes(String... changes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(
                CompressionCodec$.MODULE$.createCodec(new SparkConf(), "lz4").compressedOutputStream(bytes))) {
            for (String change : changes) {
                for (String part : List.of(change.split("="))) {
                    out.writeInt(part.length());
                    out.writeBytes(part);
                }
            }
            out.writeInt(-1);
        }
        return bytes.toByteArray();
    }
}
