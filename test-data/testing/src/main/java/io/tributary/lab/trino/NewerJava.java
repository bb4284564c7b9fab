package io.tributary.lab.trino;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a JDK that is newer than the one that Tributary is built with.
 *
 * @param variables the environment, of which those that begin with {@code JAVA_HOME} name JDKs
 * @param folders where JDKs lie side by side
 */
record NewerJava(Map<String, String> variables, List<Path> folders) {

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    static NewerJava ofThisMachine() {
        Path home = Path.of(System.getProperty("user.home"));
        return new NewerJava(
                System.getenv(),
                List.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/opt/java"),
                        Path.of("/Library/Java/JavaVirtualMachines"),
                        home.resolve(".sdkman/candidates/java"),
                        home.resolve(".jdks")));
    }

    /** The {@code java} of the oldest JDK that is new enough. */
    Optional<Path> find(int atLeast) {
        Stream<Path> named = variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("JAVA_HOME"))
                .map(entry -> Path.of(entry.getValue()));
        return Stream.concat(named, folders.stream().flatMap(NewerJava::inside))
                .filter(jdk -> version(jdk).orElse(0) >= atLeast)
                .min(Comparator.comparingInt(jdk -> version(jdk).orElse(0)))
                .map(jdk -> jdk.resolve("bin/java"));
    }

    private static Stream<Path> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(folder)) {
            // On macOS a JDK lies two levels deeper.
            return children.sorted().toList().stream()
                    .flatMap(child -> Stream.of(child, child.resolve("Contents/Home")));
        } catch (IOException e) {
            // A folder that may not be read holds no JDK for us.
            return Stream.empty();
        }
    }

    /** What the JDK says of itself in the file that each has. */
    private static OptionalInt version(Path jdk) {
        try {
            Matcher version = VERSION.matcher(Files.readString(jdk.resolve("release")));
            boolean runs = Files.isExecutable(jdk.resolve("bin/java"));
            return runs && version.find() ? OptionalInt.of(Integer.parseInt(version.group(1))) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
