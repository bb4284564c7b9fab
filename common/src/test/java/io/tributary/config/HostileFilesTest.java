package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody writes by mistake: each is refused by words, whatever it asks of the reader. */
class HostileFilesTest {

    private static final Map<String, String> FILES = new TreeMap<>(Map.ofEntries(
            Map.entry("deep list", "[".repeat(100_000)),
            Map.entry("deep list, closed", "a: " + "[".repeat(5_000) + "]".repeat(5_000)),
            Map.entry("deep groups", "{a: ".repeat(50_000)),
            Map.entry(
                    "deep blocks",
                    IntStream.range(0, 800)
                            .mapToObj(i -> " ".repeat(i) + "a:\n")
                            .collect(Collectors.joining())),
            Map.entry("deep dashes", "- ".repeat(20_000) + "a"),
            Map.entry("laughs", laughs()),
            Map.entry("itself", "a: &a [*a]"),
            Map.entry("alias", "data_centers: &a []\nb: *a"),
            Map.entry("huge", "# " + "x".repeat(2_000_000)),
            Map.entry("huge value", "data_centers: " + "x".repeat(900_000)),
            Map.entry(
                    "many keys",
                    IntStream.range(0, 50_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining())),
            Map.entry("NUL", "data_centers: [\u0000]"),
            Map.entry("escape", "data_centers: [\u001b[2J]"),
            Map.entry("surrogate", "data_centers: [\ud800]"),
            Map.entry("twice", "data_centers: []\ndata_centers: []"),
            Map.entry("tab", "data_centers:\n\t- name: a"),
            Map.entry("two documents", "data_centers: []\n---\ndata_centers: []"),
            Map.entry("tag", "data_centers: !!java.net.URLClassLoader [[!!java.net.URL ['http://a/']]]"),
            Map.entry("merge key", "data_centers: [{<<: {name: a}}]"),
            Map.entry("list as a key", "? [a]\n: b"),
            Map.entry(
                    "binary",
                    IntStream.range(0, 512)
                            .mapToObj(i -> Character.toString(i * 131 % 256))
                            .collect(Collectors.joining()))));

    static Stream<String> files() {
        return FILES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedByWords(String name) {
        assertThatThrownBy(() -> DataCenters.parse(FILES.get(name), "dc.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .startsWith("The data-centers file dc.yaml has ")
                        .hasSizeLessThan(20_000)
                        .matches(text -> text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c))));
        assertThatThrownBy(() -> PipelineConfig.parse(FILES.get(name), "p.yaml"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void theRefusalSaysWhatIsTooMuch() {
        assertThatThrownBy(() -> DataCenters.parse(FILES.get("deep list"), "dc.yaml"))
                .hasMessage(
                        "The data-centers file dc.yaml has 1 problem:\n  line 1, column 21: groups and lists stand more"
                                + " than 20 deep in each other there, which no setting does; correct the brackets or the indentation");
        assertThatThrownBy(() -> DataCenters.parse(FILES.get("alias"), "dc.yaml"))
                .hasMessageContaining("line 2, column 4: is an alias (*), which is not allowed; write the value out");
        assertThatThrownBy(() -> DataCenters.parse(FILES.get("huge"), "dc.yaml"))
                .hasMessageContaining("the file: is longer than 1048576 characters");
        assertThatThrownBy(() -> DataCenters.parse(FILES.get("many keys"), "dc.yaml"))
                .hasMessageContaining("has 50001 problems:")
                .hasMessageEndingWith("\n  and 49951 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\e[31mred", "\\r\\nERROR ingest: forged", "\\x07", "\\u202Egnp.exe", "\\0"})
    void noMessageHoldsWhatSteersATerminalOrForgesALine(String value) {
        for (String yaml : new String[] {
            "data_centers: [{name: \"" + value + "\", bootstrap_servers: 'a:1', topics: [e]}]",
            "data_centers: [{\"" + value + "\": 1, name: a, bootstrap_servers: 'a:1', topics: [e]}]",
            "data_centers: [{name: a, bootstrap_servers: 'a:1', topics: [e], kafka: {\"" + value + "\": 1}}]",
            "\"" + value + "\": 1"
        }) {
            assertThatThrownBy(() -> DataCenters.parse(yaml, "dc.yaml"))
                    .isInstanceOf(InvalidInputException.class)
                    .satisfies(refusal -> assertThat(refusal.getMessage().replaceAll("\n  ", ""))
                            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
        }
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return yaml.toString();
    }
}
