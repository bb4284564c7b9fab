package io.tributary.ingest.state;

import static io.tributary.ingest.state.StateFolder.add;
import static io.tributary.ingest.state.StateFolder.get;
import static io.tributary.ingest.state.StateFolder.put;
import static io.tributary.ingest.state.StateFolder.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tributary.aws.s3.StateConflictException;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.runtime.HadoopSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The state on S3: what was written first holds, and a start reads what is left after the maintenance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FingerprintStateOnS3IT {

    private static final long EXPIRY = 1_000;

    private S3Lab s3;
    private Map<String, String> properties;
    private int cases;
    private StateFolder folder;
    private String root;

    @BeforeAll
    void startS3(@TempDir java.nio.file.Path dir) {
        s3 = S3Lab.start(ProjectRoot.find(), S3LabSpec.of(dir.resolve("s3")).withBucket("fingerprints"));
        properties = s3.endpoint().properties();
        properties.forEach(System::setProperty);
    }

    @AfterAll
    void stopS3() {
        properties.keySet().forEach(System::clearProperty);
        s3.close();
    }

    @BeforeEach
    void beginAState() {
        root = s3.uri("state-" + cases++);
        folder = new StateFolder(root, hadoop());
    }

    @Test
    void ofTwoDriversWithOtherRowsTheFirstWins() {
        FingerprintStateStoreProvider one = folder.open();
        FingerprintStateStoreProvider other = folder.open();
        FingerprintStateStore late = store(other, 0);
        put(late, 2, EXPIRY);
        add(one, 0, EXPIRY, 1);

        Throwable failure = catchThrowable(late::commit);

        assertThat(StateConflictException.isIn(failure)).as("%s", failure).isTrue();
        FingerprintStateStore next = store(folder.open(), 1);
        assertThat(get(next, 1)).isEqualTo(EXPIRY);
        assertThat(get(next, 2)).isNull();
    }

    @Test
    void ofTwoDriversWithTheSameRowsBothGoOn() {
        FingerprintStateStoreProvider one = folder.open();
        FingerprintStateStoreProvider other = folder.open();

        add(one, 0, EXPIRY, 1, 2, 3);
        add(other, 0, EXPIRY, 3, 2, 1);

        assertThat(store(one, 1).metrics().numKeys()).isEqualTo(3);
        assertThat(store(other, 1).metrics().numKeys()).isEqualTo(3);
    }

    @Test
    void aStartReadsTheSnapshotAndWhatFollowed() throws IOException {
        FingerprintStateStoreProvider provider = folder.open();
        for (int version = 0; version < 25; version++) {
            add(
                    provider,
                    version,
                    EXPIRY,
                    LongStream.range(100L * version, 100L * version + 100).toArray());
            provider.doMaintenance();
        }

        assertThat(names()).contains("fingerprint-key", "25.changelog").doesNotContain("1.changelog");
        FingerprintStateStore store = store(folder.open(), 25);
        assertThat(store.metrics().numKeys()).isEqualTo(2_500);
        assertThat(get(store, 0)).isEqualTo(EXPIRY);
        assertThat(get(store, 2_499)).isEqualTo(EXPIRY);
        assertThat(get(store, 2_500)).isNull();

        assertThat(fileSystem().delete(new Path(root, "0/0/25.changelog"), false))
                .isTrue();
        assertThatThrownBy(() -> store(folder.open(), 25)).hasMessageContaining("25.changelog is missing");
    }

    private Iterable<String> names() throws IOException {
        return Arrays.stream(fileSystem().globStatus(new Path(root, "0/{*,0/*}")))
                .map(file -> file.getPath().getName())
                .toList();
    }

    private FileSystem fileSystem() throws IOException {
        return new Path(root).getFileSystem(hadoop());
    }

    private static Configuration hadoop() {
        return HadoopSettings.ofProcess();
    }
}
