package io.tributary.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.commit.CommitLog.Newest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitLogTest {

    private static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";

    @TempDir
    Path table;

    private CommitLog log;

    @BeforeEach
    void emptyLog() throws IOException {
        Files.createDirectory(table.resolve("_delta_log"));
        log = new CommitLog(table.toUri().toString(), new Configuration());
    }

    @Test
    void aCommitTellsItsOperationTimeAndAccount() throws IOException {
        write(0, info("CREATE TABLE", null), PROTOCOL);
        write(1, "{\"add\":{\"path\":\"x\"}}", info("WRITE", merge(1)));

        assertThat(log.commit(0)).contains(new Commit(0, 1_700_000_000_000L, "CREATE TABLE", Optional.empty()));
        assertThat(log.commit(1)).contains(new Commit(1, 1_700_000_000_000L, "WRITE", Optional.of(merge(1))));
        assertThat(log.commit(2)).isEmpty();
    }

    @Test
    void aCommitWithoutInformationIsStillACommit() throws IOException {
        write(0, PROTOCOL);

        assertThat(log.commit(0)).contains(new Commit(0, 0, "", Optional.empty()));
    }

    @Test
    void aLogOfWhichTheBeginningHasExpiredTellsItsNewestVersionWithoutItsHint() throws IOException {
        write(37, info("WRITE", merge(1)));
        write(38, info("WRITE", merge(2)));

        assertThat(log.newestVersion()).isEqualTo(38);

        Files.writeString(table.resolve("_delta_log/_last_checkpoint"), "{\"vers");
        assertThat(log.newestVersion()).isEqualTo(38);
    }

    @Test
    void newerCommitsComeInOrder() throws IOException {
        write(0, info("CREATE TABLE", null));
        write(1, info("WRITE", merge(1)));
        write(2, info("OPTIMIZE", null));

        assertThat(log.after(-1)).extracting(Commit::version).containsExactly(0L, 1L, 2L);
        assertThat(log.after(0)).extracting(Commit::version).containsExactly(1L, 2L);
        assertThat(log.after(2)).isEmpty();
    }

    @Test
    void theNewestVersionIsFoundFromOneThatExists() throws IOException {
        write(7, PROTOCOL);
        write(8, PROTOCOL);
        write(9, PROTOCOL);

        assertThat(log.newestVersion(7)).isEqualTo(9);
        assertThat(log.newestVersion(9)).isEqualTo(9);
    }

    @Test
    void theNewestAccountOfAKindIsFoundBehindCommitsWithoutOne() throws IOException {
        write(0, info("CREATE TABLE", null));
        write(1, info("WRITE", merge(1)));
        write(2, info("WRITE", merge(2)));
        write(3, info("OPTIMIZE", null));

        assertThat(log.newest(MergeMetadata.class, 3)).contains(merge(2));
        assertThat(log.newest(MergeMetadata.class, 1)).contains(merge(1));
        assertThat(log.newest(MergeMetadata.class, 0)).isEmpty();
        assertThat(log.newest(BatchMetadata.class, 3)).isEmpty();
    }

    @Test
    void anAccountWhoseTableWasPutBackSinceIsToldFromOneThatStands() throws IOException {
        write(0, info("WRITE", merge(1)));
        write(1, info("RESTORE", null));
        write(2, info("OPTIMIZE", null));
        write(3, info("WRITE", merge(2)));

        assertThat(log.findNewest(MergeMetadata.class, 0)).contains(new Newest<>(merge(1), false));
        assertThat(log.findNewest(MergeMetadata.class, 2)).contains(new Newest<>(merge(1), true));
        assertThat(log.findNewest(MergeMetadata.class, 3)).contains(new Newest<>(merge(2), false));
    }

    @Test
    void whereTheLogHasExpiredTheLookingEndsAndNothingIsTakenForTheBeginning() throws IOException {
        write(10, info("OPTIMIZE", null));
        write(11, info("WRITE", merge(5)));
        write(12, info("OPTIMIZE", null));

        assertThat(log.newest(MergeMetadata.class, 12)).contains(merge(5));
        assertThatThrownBy(() -> log.newest(MergeMetadata.class, 10))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("begins after version 9")
                .hasMessageContaining("no commit metadata of MergeMetadata");
        assertThat(log.after(3)).isEmpty();
    }

    @Test
    void aCommitThatIsNoJsonIsForAnOperator() throws IOException {
        write(0, "{\"commitInfo\":{\"timestamp\":");

        assertThatThrownBy(() -> log.commit(0))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("00000000000000000000.json")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void anAccountThatCannotBeReadIsForAnOperator() throws IOException {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.putObject("commitInfo").put("userMetadata", "{\"tributary\":\"batch\"}");
        write(0, info.toString());

        assertThatThrownBy(() -> log.newest(BatchMetadata.class, 0))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("00000000000000000000.json")
                .hasMessageContaining("state");
    }

    private void write(long version, String... lines) throws IOException {
        Files.write(table.resolve("_delta_log/%020d.json".formatted(version)), List.of(lines));
    }

    private static String info(String operation, CommitMetadata metadata) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode info = root.putObject("commitInfo")
                .put("timestamp", 1_700_000_000_000L)
                .put("operation", operation);
        if (metadata != null) {
            info.put("userMetadata", metadata.toText());
        }
        return root.toString();
    }

    private static MergeMetadata merge(long number) {
        return new MergeMetadata(number, number, number, number + 1, new TreeMap<>(), new TreeMap<>());
    }
}
