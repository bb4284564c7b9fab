package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.config.yaml.SettingsFile;
import io.tributary.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of stage settings in docs/deploying.md and the code say the same. */
class StageSettingsReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "deploying.md");
    private static final Pattern TABLE = Pattern.compile("(?s)\n## Stage settings\n(.*?)\n##");

    /** Keys, of which the later ones may leave out the section, and their defaults in the same order. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|\n]+`) \\| ([^|\n]+) \\| [^|\n]+ \\|$");

    private static final Pattern KEY = Pattern.compile("`(\\.?[a-z_.]+)`");

    @Test
    void everyKeyOfAStageIsInTheReferenceAndNoOther() {
        Set<String> inCode =
                SettingsFile.keys(StageSettingsTest.REQUIRED, root -> StageSettingsParser.settings("dev", root));
        Set<String> values = inCode.stream()
                .filter(key -> inCode.stream().noneMatch(other -> other.startsWith(key + ".")))
                .collect(Collectors.toSet());

        assertThat(documented().keySet())
                .as("keys of docs/deploying.md that the parser does not know; remove their rows")
                .isSubsetOf(inCode);
        assertThat(values)
                .as("keys that the parser reads and docs/deploying.md lacks; add a row for each")
                .isSubsetOf(documented().keySet());
    }

    @Test
    void theReferenceSaysTheDefaults() {
        StageSettings defaults = parse(StageSettingsTest.REQUIRED);
        Map<String, String> values = documented();
        values.values().removeIf(text -> text.matches("none|required"));

        assertThat(values).hasSizeGreaterThan(15).allSatisfy((key, text) -> {
            String[] path = key.split("\\.", -1);
            String setting = path.length == 1 ? key + ": " + text : path[0] + ": {" + path[1] + ": " + text + "}";
            assertThat(parse(StageSettingsTest.REQUIRED + setting))
                    .as("docs/deploying.md says that the default of %s is %s, and the code has another", key, text)
                    .isEqualTo(defaults);
        });
    }

    @Test
    void whatTheReferenceCallsRequiredIsMissedAndNothingElse() {
        String refusal = catchThrowableOfType(InvalidInputException.class, () -> parse("{}"))
                .getMessage();

        documented().forEach((key, text) -> {
            if (text.equals("required")) {
                assertThat(refusal).contains("\n  " + key + ": is missing");
            } else {
                assertThat(refusal).doesNotContain("\n  " + key + ": is missing");
            }
        });
    }

    private static StageSettings parse(String yaml) {
        return StageSettingsParser.parse("dev", yaml, "reference");
    }

    /** The default by the key. */
    private static Map<String, String> documented() {
        String table = TABLE.matcher(StageFiles.text(REFERENCE))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        Map<String, String> all = new TreeMap<>();
        ROW.matcher(table).results().forEach(row -> add(row, all));
        return all;
    }

    private static void add(MatchResult row, Map<String, String> all) {
        // A value, unlike what is said of a key that has none.
        String[] defaults = row.group(2)
                .replace("`required`", "\"required\"")
                .replace("`", "")
                .split(", ", -1);
        String[] keys =
                KEY.matcher(row.group(1)).results().map(found -> found.group(1)).toArray(String[]::new);
        String section = keys[0].replaceFirst("\\..*", "");
        assertThat(defaults.length)
                .as("defaults of %s: one for all keys, or one for each", row.group(1))
                .isIn(1, keys.length);
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i].startsWith(".") ? section + keys[i] : keys[i];
            all.put(key, defaults[defaults.length == 1 ? 0 : i]);
        }
    }
}
