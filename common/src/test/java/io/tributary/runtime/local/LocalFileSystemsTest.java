package io.tributary.runtime.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFileSystemsTest {

    @TempDir
    java.nio.file.Path dir;

    private FileSystem fileSystem;
    private FileContext context;

    @BeforeEach
    void open() throws IOException {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.permissions.umask-mode", "022");
        LocalFileSystems.hadoopSettings().forEach(hadoop::set);
        fileSystem = FileSystem.newInstance(URI.create("file:///"), hadoop);
        context = FileContext.getFileContext(URI.create("file:///"), hadoop);
    }

    private Path path(String name) {
        return new Path(dir.resolve(name).toUri());
    }

    private void write(String name, String text) throws IOException {
        try (OutputStream out = context.create(
                path(name), EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE), CreateOpts.createParent())) {
            out.write(text.getBytes(UTF_8));
        }
    }

    @Test
    void theyAreThoseThatHadoopOpens() {
        assertThat(fileSystem).isInstanceOf(InProcessLocalFileSystem.class).isInstanceOf(LocalFileSystem.class);
        assertThat(context.getDefaultFileSystem()).isInstanceOf(InProcessLocalFs.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "r--r-----", "rw-r--r--", "-wx-w---x", "rwxrwxrwx"})
    void aPermissionIsTheOneThatWasAskedFor(String asked) throws IOException {
        Files.writeString(dir.resolve("file"), "text");

        fileSystem.setPermission(path("file"), FsPermission.valueOf("-" + asked));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("file"))))
                .isEqualTo(asked);
    }

    @Test
    void whatIsMadeFollowsTheUmask() throws IOException {
        write("folder/file", "text");

        assertThat(Files.getPosixFilePermissions(dir.resolve("folder/file")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.getPosixFilePermissions(dir.resolve("folder")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aRenameReplacesOnlyIfItIsToldTo() throws IOException {
        write("first", "first");
        write("second", "second");

        assertThatThrownBy(() -> context.rename(path("second"), path("first")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(dir.resolve("first"))).isEqualTo("first");
        context.rename(path("second"), path("first"), Rename.OVERWRITE);

        assertThat(Files.readString(dir.resolve("first"))).isEqualTo("second");
        assertThat(Files.exists(dir.resolve("second"))).isFalse();
    }

    @Test
    void aLinkIsItsTarget() throws IOException {
        write("target", "text");
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("target"));
        FileContext hadoops = FileContext.getFileContext(URI.create("file:///"), new Configuration());

        assertThat(context.getFileLinkStatus(path("link")))
                .isEqualTo(hadoops.getFileLinkStatus(path("link")))
                .satisfies(status -> assertThat(status.getLen()).isEqualTo(4));
    }
}
