package io.tributary.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditToolTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path dir;

    @Test
    void aBalancedLakeEndsWithZero() {
        lake().write(dir);
        assertThat(audit()).isZero();
        assertThat(printed())
                .contains("data center  topic   partition  from  until  batches  read  staged  duplicate  quarantined"
                        + "  skipped  pending")
                .contains("fra          events          0   100    108        2     8       5          2            1"
                        + "        0        0")
                .contains("balanced: every record read is accounted for");
    }

    @Test
    void aFindingSaysWhereWhatAndWhatToDo() {
        GeneratedLake lake = lake();
        lake.tamper(lake.staging, 2, text -> text.lines().findFirst().orElseThrow());
        lake.write(dir);

        assertThat(audit()).isEqualTo(3);
        assertThat(printed())
                .contains("1 finding:")
                .contains(
                        "events_staging version 2, batch 2: the rows of a commit are not those that its metadata counts")
                .contains("    expected  staged 4 rows, nothing removed")
                .contains("    found     added 0 rows in 0 files")
                .contains("    action    The commit was changed");
    }

    @Test
    void theReportIsWrittenAsJsonToo() throws IOException {
        lake().write(dir.resolve("lake"));
        Path json = dir.resolve("audit.json");
        assertThat(audit("--lake", dir.resolve("lake").toString(), "--json", json.toString()))
                .isZero();
        assertThat(Files.readString(json))
                .contains("\"balanced\" : true")
                .contains("\"quarantined\" : 1")
                .contains("\"pending\" : 2");
    }

    @Test
    void commitsAreReadFarBeyondTheLastCheckpointAndPastAHole() throws IOException {
        GeneratedLake lake = new GeneratedLake();
        for (int i = 0; i < 300; i++) {
            lake.batch(2, 0);
        }
        lake.tamper(lake.staging, 250, text -> null);
        lake.write(dir);
        Files.writeString(dir.resolve("events_staging/_delta_log/_last_checkpoint"), "{\"version\":100,\"size\":3}");

        assertThat(audit()).isEqualTo(3);
        assertThat(printed())
                .contains("events_staging version 250: a commit is missing from the log")
                .contains("events_staging                0         300      300");
    }

    @Test
    void anExpiredHeadIsANote() throws IOException {
        GeneratedLake lake = lake();
        lake.staging.set(0, null);
        lake.staging.set(1, null);
        lake.write(dir);
        assertThat(audit()).isZero();
        assertThat(printed()).contains("events_staging is audited from version 2; earlier commits have expired.");
    }

    @Test
    void noLakeAndBadArgumentsEndWithTwo() {
        assertThat(audit()).isEqualTo(2);
        assertThat(audit("--lake", dir.toString(), "--depth", "data")).isEqualTo(2);
        assertThat(audit("--lake", dir.toString(), "--deep", "yes")).isEqualTo(2);
        assertThat(audit("--deep")).isEqualTo(2);
        assertThat(printed()).isEmpty();
    }

    private static GeneratedLake lake() {
        return new GeneratedLake().batch(3, 1).merge().batch(2, 0);
    }

    private int audit() {
        return audit("--lake", dir.toString());
    }

    private int audit(String... arguments) {
        return new AuditTool(new Configuration(), new PrintStream(out, true, StandardCharsets.UTF_8))
                .exitCode(arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
