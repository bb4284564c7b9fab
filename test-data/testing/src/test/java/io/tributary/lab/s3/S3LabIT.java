package io.tributary.lab.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.s3.ConditionalLogStore;
import io.tributary.lab.process.ProjectRoot;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log store against a real S3 protocol endpoint. */
class S3LabIT {

    /** More than a page of a listing. */
    private static final int COMMITS = 1_200;

    private static final int RACED = 200;

    @TempDir
    private Path dir;

    @Test
    void aLogIsWrittenOnceAndListedInOrderAndOutlivesTheProcess() throws Exception {
        S3LabSpec spec;
        try (S3Lab s3 = S3Lab.start(ProjectRoot.find(), S3LabSpec.of(dir.resolve("s3")))) {
            spec = s3.spec();
            Configuration hadoop = hadoop(s3);
            ConditionalLogStore store = new ConditionalLogStore(hadoop);
            ExecutorService writers = Executors.newFixedThreadPool(4);
            List<Callable<Integer>> writes = new ArrayList<>();
            for (int version = 0; version < COMMITS; version++) {
                org.apache.hadoop.fs.Path commit = commit(s3, version);
                writes.add(() -> wins(store, commit, hadoop));
                if (version < RACED) {
                    writes.add(() -> wins(store, commit, hadoop));
                }
            }
            int won = 0;
            for (Future<Integer> write : writers.invokeAll(writes)) {
                won += write.get();
            }
            writers.shutdown();
            assertThat(won).isEqualTo(COMMITS);

            Iterator<FileStatus> listed = store.listFrom(commit(s3, 100), hadoop);
            for (int version = 100; version < COMMITS; version++) {
                assertThat(listed.next().getPath()).isEqualTo(commit(s3, version));
            }
            assertThat(listed.hasNext()).isFalse();
        }
        try (S3Lab s3 = S3Lab.start(ProjectRoot.find(), spec)) {
            assertThat(s3.spec()).isEqualTo(spec);
            Configuration hadoop = hadoop(s3);
            assertThat(new ConditionalLogStore(hadoop).read(commit(s3, 7), hadoop))
                    .toIterable()
                    .containsExactly("line");
            assertThat(wins(new ConditionalLogStore(hadoop), commit(s3, 7), hadoop))
                    .isZero();
        }
    }

    @Test
    void aProcessThatCannotServeSaysWhy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            S3LabSpec spec = S3LabSpec.of(dir.resolve("s3")).onPort(taken.getLocalPort());
            assertThatThrownBy(() -> S3Lab.start(ProjectRoot.find(), spec))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The process s3 lake ended before it served")
                    .hasMessageContaining("S3 cannot be served on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    private static int wins(ConditionalLogStore store, org.apache.hadoop.fs.Path commit, Configuration hadoop)
            throws Exception {
        try {
            store.write(commit, List.of("line").iterator(), false, hadoop);
            return 1;
        } catch (FileAlreadyExistsException e) {
            return 0;
        }
    }

    private static Configuration hadoop(S3Lab s3) {
        Configuration hadoop = new Configuration();
        s3.endpoint().settings().forEach((key, value) -> hadoop.set(key.substring("spark.hadoop.".length()), value));
        return hadoop;
    }

    private static org.apache.hadoop.fs.Path commit(S3Lab s3, int version) {
        return new org.apache.hadoop.fs.Path(s3.uri(String.format(Locale.ROOT, "t/_delta_log/%020d.json", version)));
    }
}
