package io.tributary.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.audit.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook, docs/operating.md, tells of everything that can go wrong all that an operator needs. */
class RunbookTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern LINK = Pattern.compile("\\]\\(([a-z0-9-]+\\.md)?#([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    @Test
    void everySectionSaysWhatItMeansWhatToLookAtWhatToDoAndWhatIsSafe() throws IOException {
        List<String> sections = Pattern.compile("(?m)^(?=#{2,3} )")
                .splitAsStream(page("operating.md"))
                .filter(section -> section.startsWith("### Alarm:") || section.startsWith("### Findings:"))
                .toList();

        assertThat(sections).hasSizeGreaterThan(10).allSatisfy(section -> {
            for (String part : List.of("**Means.** ", "**Look at** ", "**Do.** ", "**Safe.** ")) {
                assertThat(section).containsOnlyOnce("\n\n" + part);
            }
            assertThat(section).containsPattern("\\n    (scripts/tributary|aws) ");
        });
    }

    @Test
    void everyFindingHasAGroupAndARow() throws IOException {
        List<String> groups = Pattern.compile("(?m)^(?=#{2,3} )")
                .splitAsStream(page("operating.md"))
                .filter(section -> section.startsWith("### Findings:"))
                .toList();
        String means = groups.stream()
                .map(group -> group.substring(group.indexOf("**Means.**"), group.indexOf("**Look at**")))
                .collect(Collectors.joining());
        String table = page("audit.md");

        for (Kind kind : Kind.values()) {
            String name = "`" + kind.name().toLowerCase(Locale.ROOT) + "`";
            assertThat(means).contains(name);
            assertThat(table).contains("\n| " + name + " |");
        }
        Set<String> known = Arrays.stream(Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                        .matcher(table.substring(table.indexOf("## Findings")))
                        .results()
                        .map(row -> row.group(1)))
                .isSubsetOf(known);
    }

    @Test
    void everyLinkToASectionLeadsToOne() throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> pages = Files.list(DOCS)) {
            for (Path file :
                    pages.filter(page -> page.toString().endsWith(".md")).toList()) {
                String own = file.getFileName().toString();
                for (MatchResult link : LINK.matcher(page(own)).results().toList()) {
                    String target = link.group(1) == null ? own : link.group(1);
                    if (!anchors(target).contains(link.group(2))) {
                        broken.add(own + " -> " + target + "#" + link.group(2));
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(String page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        HEADING.matcher(page(page)).results().forEach(heading -> {
            String anchor = heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9 _-]", "")
                    .replace(' ', '-');
            anchors.add(anchor);
        });
        return anchors;
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }
}
