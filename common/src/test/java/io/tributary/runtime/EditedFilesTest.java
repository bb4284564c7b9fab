package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.runtime.EditedFiles.Content;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditedFilesTest {

    @TempDir
    Path dir;

    private final EditedFiles files = new EditedFiles(new Configuration(false));

    @Test
    void aFileIsReplacedAsAWholeAndKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(dir.resolve("a.yaml"), "first");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.writeString(dir.resolve(".a.yaml.crc"), "of the first");

        assertThat(files.write(file.toString(), files.read(file.toString()), "second"))
                .isTrue();

        assertThat(file).hasContent("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(names()).containsExactly("a.yaml");
        assertThat(new HadoopFiles(new Configuration()).read(file.toUri().toString()))
                .isEqualTo("second");
    }

    @Test
    void whatSomebodyElseHasChangedIsLeftAsItIs() throws IOException {
        Path file = Files.writeString(dir.resolve("a.yaml"), "first");
        Optional<Content> read = files.read(file.toUri().toString());

        Files.writeString(file, "another's");
        assertThat(files.write(file.toString(), read, "second")).isFalse();
        assertThat(file).hasContent("another's");

        Files.delete(file);
        assertThat(files.write(file.toString(), read, "second")).isFalse();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatSomebodyElseIsChangingIsLeftAsItIs() throws IOException {
        Path file = Files.writeString(dir.resolve("a.yaml"), "first");
        Optional<Content> read = files.read(file.toString());

        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(files.write(file.toString(), read, "second")).isFalse();
        }
        assertThat(file).hasContent("first");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(dir.resolve("a.yaml"), "first");
        Path link = Files.createSymbolicLink(dir.resolve("link.yaml"), file);

        assertThat(files.write(link.toString(), files.read(link.toString()), "second"))
                .isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("second");
    }

    @Test
    void aNewFileIsMadeOnce() throws IOException {
        String file = dir.resolve("a.jsonl").toString();

        assertThat(files.read(file)).isEmpty();
        assertThat(files.write(file, Optional.empty(), "first")).isTrue();
        assertThat(files.write(file, Optional.empty(), "second")).isFalse();
        assertThat(files.read(file).orElseThrow().text()).isEqualTo("first");
        assertThat(names()).containsExactly("a.jsonl");
    }

    @Test
    void whatIsNoTextOrElsewhereIsRefused() throws IOException {
        Path file = Files.write(dir.resolve("a.yaml"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> files.read(file.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> files.read("hdfs://host/a.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("neither on S3 nor on this machine");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
