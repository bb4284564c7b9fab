package io.tributary.packages;

import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A job's jar for Glue. */
record GluePackage(Path jar) {

    /** That of a module, which the build has made. */
    static GluePackage of(String module) {
        Path target = ProjectRoot.find().built(module);
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().matches(".*-glue-[0-9.]+\\.jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new IllegalStateException(target + " must hold one package for Glue and holds " + jars
                        + "; build it with mvn package, without -Dmaven.shade.skip");
            }
            return new GluePackage(jars.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of Glue that it is built for, by its name. */
    String glueVersion() {
        return jar.getFileName().toString().replaceAll(".*-glue-|\\.jar", "");
    }

    /** Its files by name. */
    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (JarFile opened = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = opened.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    try (InputStream content = opened.getInputStream(entry)) {
                        files.put(entry.getName(), content.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
