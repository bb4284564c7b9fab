package io.tributary.trino;

import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The queries that a stage installs: the files of docs/queries, whose first line names each in a comment. */
final class NamedQueries {

    private NamedQueries() {}

    /** The SQL by name, with its comments. */
    static Map<String, String> read() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        try (Stream<Path> files = Files.list(ProjectRoot.find().dir().resolve("docs/queries"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                queries.put(text.lines().findFirst().orElseThrow().replaceFirst("^-- ", ""), text);
            }
        }
        return queries;
    }
}
