package io.tributary.trino;

import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The queries of docs/querying.md: a heading {@code ### name}, and the next block fenced as {@code sql}. */
final class NamedQueries {

    private static final Pattern QUERY = Pattern.compile("(?ms)^### ([^\\n]+)\\n(?:(?!^#).)*?^```sql\\n(.*?)^```$");

    private NamedQueries() {}

    /** The SQL by name, in the page's order. */
    static Map<String, String> read() throws IOException {
        String page = Files.readString(ProjectRoot.find().dir().resolve("docs/querying.md"));
        Map<String, String> queries = new LinkedHashMap<>();
        QUERY.matcher(page).results().forEach(found -> queries.put(found.group(1), found.group(2)));
        return queries;
    }
}
