package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeDirectoryTest {

    @TempDir
    private Path temporary;

    private Path dir;
    private Path table;

    @BeforeEach
    void nameDirectory() {
        dir = temporary.resolve("some").resolve("lake");
        table = dir.resolve("events_merged").resolve("file.parquet");
    }

    @Test
    void aNewDirectoryIsMadeAndWipedByTheNextRun() throws Exception {
        run(false);
        assertThat(table).exists();
        try (LakeDirectory next = LakeDirectory.take(dir, false)) {
            assertThat(table).doesNotExist();
            assertThat(next.lab()).isEmptyDirectory();
        }
    }

    @Test
    void aKeptDirectoryIsContinuedAndNotWiped() throws Exception {
        run(true);
        run(true);
        assertThat(table).exists();
        assertThatThrownBy(() -> LakeDirectory.take(dir, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("was made with --keep, so it is not wiped")
                .hasMessageContaining("Continue it with --keep");
        assertThat(table).exists();
    }

    @Test
    void aDirectoryThatIsKeptLateIsKeptFromThenOn() throws Exception {
        run(false);
        LakeDirectory.take(dir, true).close();
        assertThat(table).exists();
        assertThatThrownBy(() -> LakeDirectory.take(dir, false)).hasMessageContaining("was made with --keep");
    }

    @Test
    void aDirectoryOfSomebodyElseIsLeftAlone() throws Exception {
        Files.createDirectories(dir);
        Files.writeString(dir.resolve("thesis.tex"), "years of work");
        for (boolean keep : new boolean[] {true, false}) {
            assertThatThrownBy(() -> LakeDirectory.take(dir, keep))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not empty and no earlier run made it");
        }
        assertThat(dir.resolve("thesis.tex")).hasContent("years of work");
        assertThat(dir.toFile().list()).hasSize(1);
    }

    @Test
    void anEmptyDirectoryWillDoAndAFileWillNot() throws Exception {
        Files.createDirectories(dir);
        LakeDirectory.take(dir, false).close();
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> LakeDirectory.take(file, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void oneRunAtATime() {
        try (LakeDirectory first = LakeDirectory.take(dir, false)) {
            assertThatThrownBy(() -> LakeDirectory.take(dir, false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Another run uses " + first.dir());
            assertThat(first.lab()).exists();
        }
    }

    private void run(boolean keep) throws Exception {
        try (LakeDirectory directory = LakeDirectory.take(dir, keep)) {
            assertThat(directory.dir()).isEqualTo(dir);
            Files.createDirectories(table.getParent());
            Files.writeString(table, "rows");
            Files.writeString(directory.lab().resolve("notes"), "kafka");
        }
    }

    @Test
    void aLakeIsContinuedWhereItLies() throws Exception {
        try (LakeDirectory onS3 = LakeDirectory.take(dir.resolve("s3"), true);
                LakeDirectory inFiles = LakeDirectory.take(dir.resolve("files"), true)) {
            onS3.requireKind(true);
            inFiles.requireKind(false);
            Files.createDirectories(onS3.s3());
            Files.createDirectories(onS3.kafka());
            Files.createDirectories(inFiles.kafka());

            onS3.requireKind(true);
            inFiles.requireKind(false);
            assertThatThrownBy(() -> onS3.requireKind(false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("lies on S3, so it cannot be continued without --s3");
            assertThatThrownBy(() -> inFiles.requireKind(true))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("lies in the directory, so it cannot be continued with --s3");
        }
    }
}
