package io.tributary.operations.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenterAccess;
import io.tributary.error.InvalidInputException;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Edits of a data-centers file on S3: of two at once, one is made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataCentersFileOnS3IT {

    private static final String WRITTEN = """
            data_centers:
              - {name: fra1, bootstrap_servers: "f:9092", topics: [events]} # ours
              - {name: nyc1, bootstrap_servers: "n:9092", topics: [events]}
            """;

    private S3Lab s3;
    private Configuration hadoop;

    @BeforeAll
    void start(@TempDir Path dir) {
        s3 = S3Lab.start(ProjectRoot.find(), S3LabSpec.of(dir.resolve("s3")).withBucket("data-centers"));
        hadoop = HadoopSettings.at(s3.endpoint());
    }

    @AfterAll
    void end() {
        s3.close();
    }

    @Test
    void anEditIsMadeOnlyOfWhatWasRead() {
        String uri = s3.uri("config/data-centers.yaml");
        new HadoopFiles(hadoop).write(uri, WRITTEN);
        DataCentersFile file = new DataCentersFile(uri, DataCenterAccess.LOCAL, hadoop);
        PlannedEdit first = file.pause("fra1", Optional.empty());
        PlannedEdit second = file.pause("nyc1", Optional.empty());

        file.make(first);
        assertThatThrownBy(() -> file.make(second))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was changed by somebody else in the meantime, so nothing was written");

        assertThat(new HadoopFiles(hadoop).read(uri))
                .isEqualTo(WRITTEN.replace("[events]} # ours", "[events], state: paused} # ours"));
        file.make(file.pause("nyc1", Optional.empty()));
        assertThat(file.read().describe()).isEqualTo("2 in force: fra1 (paused), nyc1 (paused)");
    }

    @Test
    void everyLineOfTheHistoryIsKeptWhoeverWritesAtTheSameTime() throws Exception {
        String uri = s3.uri("history/data-centers.yaml");
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RecordedChange change = new RecordedChange(
                        Instant.parse("2026-01-31T08:00:00Z"),
                        "p" + i,
                        Action.PAUSE,
                        "fra1",
                        "",
                        List.of(),
                        Optional.empty());
                all.add(() -> {
                    new ChangeHistory(uri, hadoop).add(change);
                    return null;
                });
            }
            for (Future<Void> one : people.invokeAll(all)) {
                one.get();
            }
        } finally {
            people.shutdownNow();
        }

        assertThat(new ChangeHistory(uri, hadoop).read())
                .extracting(RecordedChange::by)
                .hasSize(12)
                .doesNotHaveDuplicates();
    }
}
