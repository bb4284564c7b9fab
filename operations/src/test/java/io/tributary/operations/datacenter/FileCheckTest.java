package io.tributary.operations.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenterAccess;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.RuntimeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckTest {

    private static final String A = "{name: a, bootstrap_servers: 'a:9092', topics: [events]}";
    private static final String B = "{name: b, bootstrap_servers: 'b:9092', topics: [events], state: paused}";

    @TempDir
    Path dir;

    private final FileCheck check = new FileCheck(new Configuration(), DataCenterAccess.LOCAL);

    @Test
    void aFileThatTheStreamWouldTakeSaysWhatItWouldChange() throws IOException {
        Path tried = file("tried.yaml", "data_centers: [" + B + "]");
        String inForce =
                file("in-force.yaml", "data_centers: [" + A + "]").toUri().toString();

        FileCheck.Tried read = check.of(tried.toString(), Optional.empty(), Optional.of(inForce));

        assertThat(read.words())
                .containsExactly(
                        tried + ": can be used, 1 in force: b (paused)",
                        "against " + inForce + ":",
                        "  WARN a is no longer in the file, although it was active: it is not read any more and keeps its"
                                + " offsets; put its entry back, unless it was taken out on purpose",
                        "  b is new, paused, so nothing of it is read until its state is active");
        assertThat(read.dataCenters().all()).hasSize(1);
    }

    @Test
    void theSameFileChangesNothing() throws IOException {
        String tried =
                file("tried.yaml", "data_centers: [" + A + ", " + B + "]").toString();

        assertThat(check.of(tried, Optional.empty(), Optional.of(tried)).words())
                .last()
                .isEqualTo("against " + tried + ": changes nothing");
    }

    @Test
    void everyProblemOfBothFilesIsToldAsTheJobTellsIt() throws IOException {
        Path tried = file("tried.yaml", "data_centers: [{name: a/b, topics: [e], strat: latest}]");
        Path config = file("pipeline.yaml", "dedup: {windw: 1h}");

        assertThatThrownBy(() -> check.of(tried.toString(), Optional.of(config.toString()), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(tried + " has 3 problems:")
                .hasMessageContaining("data_centers[0].strat: is not a known key; did you mean start?")
                .hasMessageContaining(config + " has 1 problem:\n  dedup.windw: is not a known key");
    }

    @Test
    void aFileIsTriedAsGlueReadsIt() throws IOException {
        String tried = file(
                        "tried.yaml",
                        "data_centers: [{name: a, bootstrap_servers: 'a:1', topics: [e], kafka: {ssl.key.password:"
                                + " '${secret:b}'}}]")
                .toString();
        DataCenterAccess glue = new DataCenterAccess(
                RuntimeKind.GLUE,
                Optional.of(SecretGrants.parse("a=arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf")),
                KafkaTls.OPTIONAL);

        assertThat(check.of(tried, Optional.empty(), Optional.empty()).words()).hasSize(1);
        assertThatThrownBy(() -> new FileCheck(new Configuration(), glue).of(tried, Optional.empty(), Optional.empty()))
                .hasMessageContaining("kafka.ssl.key.password: data center a may not use the secret b");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
