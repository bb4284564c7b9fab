package io.tributary.lab.trino;

import io.tributary.lab.glue.GlueLab;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** S3, a Glue catalog and a Trino over both, as the jobs and analysts have them on AWS. */
public final class Stage implements AutoCloseable {

    private final Path dir;
    private final S3Lab s3;
    private final GlueLab glue;
    private final TrinoLab trino;
    private final Map<String, String> properties = new TreeMap<>();

    private Stage(Path dir, S3Lab s3, GlueLab glue, TrinoLab trino) {
        this.dir = dir;
        this.s3 = s3;
        this.glue = glue;
        this.trino = trino;
        properties.putAll(s3.endpoint().properties());
        properties.putAll(glue.endpoint().properties());
    }

    public static Stage set(TrinoNeeds needs) throws IOException {
        ProjectRoot root = ProjectRoot.find();
        Path dir = Files.createTempDirectory("tributary-trino");
        S3Lab s3 = S3Lab.start(root, S3LabSpec.of(dir.resolve("s3")));
        GlueLab glue = GlueLab.start(0);
        try {
            TrinoLab trino = TrinoLab.start(needs, root, dir.resolve("trino"), 0, s3.endpoint(), glue.endpoint());
            return new Stage(dir, s3, glue, trino);
        } catch (RuntimeException e) {
            glue.close();
            s3.close();
            throw e;
        }
    }

    /** Spark with the stage's endpoints; the caller closes it. */
    public LocalRuntime spark() {
        // As on a job's command line.
        properties.forEach(System::setProperty);
        return LocalRuntime.open("trino-it", 1);
    }

    public GlueLab glue() {
        return glue;
    }

    public String lake(String name) {
        return s3.uri(name);
    }

    /** Where what {@link #lake} names lies on this machine. */
    public Path folderOf(String name) {
        return s3.folder(name);
    }

    /** A folder of this machine. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(dir.resolve(name));
    }

    /** Analysts' way to the tables and views of a lake. */
    public Questions ask(Lake lake) throws SQLException {
        return new Questions(trino.connect(lake.names().database()));
    }

    @Override
    public void close() {
        trino.close();
        glue.close();
        s3.close();
        properties.keySet().forEach(System::clearProperty);
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The stage's folder cannot be removed", e);
        }
    }
}
