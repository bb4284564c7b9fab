package io.tributary.cdk;

import io.tributary.config.TablesConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of {@code docs/querying.md}, where each is a heading {@code ### name}, words for people, and the SQL in a
 * fenced block.
 *
 * @param description the first paragraph under the heading, on one line; the name, where there is none
 */
record NamedQuery(String name, String description, String sql) {

    private static final Pattern SECTION = Pattern.compile("(?m)^###\\s+(.+)$");
    private static final Pattern SQL = Pattern.compile("(?ms)^```sql\\n(.*?)^```");

    /** What Athena takes. */
    private static final int LONGEST_NAME = 128;

    private static final int LONGEST_DESCRIPTION = 1024;

    /** All queries of the page, in its order. A heading without SQL is no query. */
    static List<NamedQuery> parse(String page) {
        List<NamedQuery> queries = new ArrayList<>();
        Matcher heading = SECTION.matcher(page);
        while (heading.find()) {
            String section = page.substring(heading.end()).split("(?m)^#{1,3} ", 2)[0];
            Matcher sql = SQL.matcher(section);
            if (sql.find()) {
                String words = section.substring(0, sql.start()).strip().split("\\n\\s*\\n", 2)[0];
                String name = shortened(heading.group(1).strip().replace("`", ""), LONGEST_NAME);
                String description = words.isBlank() ? name : words.replaceAll("\\s+", " ");
                queries.add(new NamedQuery(
                        name,
                        shortened(description, LONGEST_DESCRIPTION),
                        sql.group(1).strip()));
            }
        }
        return queries;
    }

    /** The same query with the tables as a stage calls them; the page has the names by default. */
    NamedQuery over(TablesConfig tables) {
        Map<String, String> names = new TreeMap<>(Map.of(
                TablesConfig.DEFAULTS.view(), tables.view(),
                TablesConfig.DEFAULTS.staging(), tables.staging(),
                TablesConfig.DEFAULTS.merged(), tables.merged(),
                TablesConfig.DEFAULTS.quarantine(), tables.quarantine()));
        String renamed = Pattern.compile("\\b(" + String.join("|", names.keySet()) + ")\\b")
                .matcher(sql)
                .replaceAll(name -> names.get(name.group(1)));
        return new NamedQuery(name, description, renamed);
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
