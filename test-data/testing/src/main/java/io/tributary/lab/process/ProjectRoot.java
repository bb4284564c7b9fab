package io.tributary.lab.process;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of the built project, whose modules the lab starts as processes. */
public record ProjectRoot(Path dir) {

    /** Names the root where the working directory lies outside of it. */
    public static final String PROPERTY = "tributary.root";

    /** Names the directory below a module's in which it is built, where that is not {@code target}. */
    public static final String TARGET_PROPERTY = "tributary.target";

    /** Without a classifier: no sources, no tests, no jar with everything in it. */
    private static final Pattern JAR = Pattern.compile("tributary-[a-z0-9-]+-[0-9][0-9.]*(-SNAPSHOT)?\\.jar");

    private static final Path LANDMARK = Path.of("test-data", "brokers", "pom.xml");

    /** The root that {@value #PROPERTY} names, else the nearest directory at or above the working directory. */
    public static ProjectRoot find() {
        String named = System.getProperty(PROPERTY);
        Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
        for (Path dir = start; dir != null; dir = named == null ? dir.getParent() : null) {
            if (Files.exists(dir.resolve(LANDMARK))) {
                return new ProjectRoot(dir);
            }
        }
        throw new InvalidInputException("The project is not found: no " + LANDMARK + " at " + start
                + (named == null
                        ? " or above it. Work inside the project, or name its directory with -D"
                        : ". Correct -D")
                + PROPERTY);
    }

    /** Where the module in directory {@code module} is built for the target that this JVM runs. */
    public Path built(String module) {
        return dir.resolve(module).resolve(System.getProperty(TARGET_PROPERTY, "target"));
    }

    /** What {@code java -cp} needs for the module in directory {@code module}: its own jar, then what it depends on. */
    public String classPath(String module) {
        Path target = built(module);
        Path dependencies = target.resolve("class-path");
        List<Path> jars = jars(target);
        if (jars.size() != 1 || !Files.exists(dependencies)) {
            throw new InvalidInputException("The module " + module + " is not built: " + target
                    + " must hold one jar and a file named class-path. Run mvn package -DskipTests");
        }
        try {
            return jars.get(0)
                    + System.getProperty("path.separator")
                    + Files.readString(dependencies).strip();
        } catch (IOException e) {
            throw new InvalidInputException("The class path of " + module + " cannot be read: " + dependencies, e);
        }
    }

    private static List<Path> jars(Path target) {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(ProjectRoot::isJarOfTheModule).toList();
        } catch (IOException e) {
            throw new InvalidInputException("The directory cannot be read: " + target, e);
        }
    }

    private static boolean isJarOfTheModule(Path file) {
        return JAR.matcher(file.getFileName().toString()).matches();
    }
}
