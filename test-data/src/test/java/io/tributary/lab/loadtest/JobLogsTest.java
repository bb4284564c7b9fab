package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the jobs write down of themselves. */
class JobLogsTest {

    @TempDir
    private Path dir;

    @Test
    void pausesOfTheGarbageCollectorAreReadFromAllStarts() throws IOException {
        Path first = Files.writeString(dir.resolve("gc-1"), """
                [1795966318333ms] Using Serial
                [1795966323235ms] GC(0) Pause Full (Metadata GC Threshold) 106M->18M(359M) 149.040ms
                """);
        Path second = Files.writeString(dir.resolve("gc-2"), """
                [1795966333126ms] GC(3) Pause Young (Allocation Failure) 179M->35M(359M) 156.592ms
                """);

        assertThat(GcLog.read(List.of(first, second, dir.resolve("none"))))
                .containsExactly(
                        new GcLog.Pause(1795966323235L, 18, 149.040), new GcLog.Pause(1795966333126L, 35, 156.592));
    }

    @Test
    void thePartsOfEachBatchWithRecordsAreRead() throws IOException {
        Path log = Files.writeString(dir.resolve("progress"), """
                Starting new streaming query.
                Streaming query made progress: {
                  "id" : "a",
                  "batchId" : 4,
                  "numInputRows" : 10,
                  "durationMs" : {
                    "addBatch" : 1500,
                    "walCommit" : 7
                  },
                  "sources" : [ { "x" : "}" } ]
                }
                Streaming query made progress: {
                  "batchId" : 5,
                  "numInputRows" : 0,
                  "durationMs" : {
                    "addBatch" : 1
                  }
                }
                """);

        assertThat(ProgressLog.byBatch(log)).isEqualTo(Map.of(4L, Map.of("addBatch", 1500L, "walCommit", 7L)));
        assertThat(ProgressLog.byBatch(dir.resolve("none"))).isEmpty();
    }
}
