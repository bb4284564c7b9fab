package io.tributary.lab.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewerJavaTest {

    @TempDir
    private Path dir;

    @Test
    void theOldestThatIsNewEnoughIsTaken() throws IOException {
        jdk("jvm/17", "17.0.12");
        jdk("jvm/25", "25.0.1");
        jdk("jvm/30", "30");
        NewerJava java = new NewerJava(Map.of(), List.of(dir.resolve("jvm"), dir.resolve("none")));

        assertThat(java.find(22)).contains(dir.resolve("jvm/25/bin/java"));
        assertThat(java.find(26)).contains(dir.resolve("jvm/30/bin/java"));
        assertThat(java.find(31)).isEmpty();
    }

    @Test
    void variablesNameJdksAndThoseOfMacosLieDeeper() throws IOException {
        jdk("named", "24");
        jdk("jvm/temurin/Contents/Home", "26");
        NewerJava java = new NewerJava(
                Map.of(
                        "JAVA_HOME_24_X64", dir.resolve("named").toString(),
                        "PATH", dir.toString(),
                        "JAVA_HOME", dir.resolve("gone").toString()),
                List.of(dir.resolve("jvm")));

        assertThat(java.find(22)).contains(dir.resolve("named/bin/java"));
        assertThat(java.find(25)).contains(dir.resolve("jvm/temurin/Contents/Home/bin/java"));
    }

    @Test
    void aFolderWithoutAJavaIsNone() throws IOException {
        Files.createDirectories(dir.resolve("jvm/25"));
        Files.writeString(dir.resolve("jvm/25/release"), "JAVA_VERSION=\"25\"\n");

        assertThat(new NewerJava(Map.of(), List.of(dir.resolve("jvm"))).find(22))
                .isEmpty();
    }

    private void jdk(String folder, String version) throws IOException {
        Path jdk = Files.createDirectories(dir.resolve(folder));
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }
}
