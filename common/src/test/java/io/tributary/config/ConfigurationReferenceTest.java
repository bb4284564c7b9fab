package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.config.yaml.SettingsFile;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The reference for users, docs/configuration.md, and the code say the same. */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    /** A row of a table of keys: key, type, default. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_.\\[\\]]+)` \\| [^|\n]+ \\| ([^|\n]+) \\| [^|\n]+ \\|$");

    private static final String OF_DATA_CENTERS = "data_centers";
    private static final String A_DATA_CENTER =
            "data_centers: [{name: fra1, topics: [events], bootstrap_servers: \"kafka1:9092\"%s}]";

    @Test
    void theFileInTheReferenceSaysTheDefaults() throws IOException {
        String withoutExamples = example(0)
                .replaceAll("(?m)^  .*# example$", "")
                .replaceAll("(?m)^(columns|rollups): .*# example\n.*$", "");

        assertThat(PipelineConfig.parse(withoutExamples, REFERENCE.toString())).isEqualTo(PipelineConfig.defaults());
    }

    @Test
    void theExamplesInTheReferenceAreValid() throws IOException {
        PipelineConfig config = PipelineConfig.parse(example(0), REFERENCE.toString());

        assertThat(config.columns()).hasSize(1);
        assertThat(config.rollups()).hasSize(1);
        assertThat(config.tables().location()).isPresent();
        assertThat(DataCenters.parse(example(1), REFERENCE.toString()).all()).hasSize(1);
    }

    @Test
    void aRegistryIsAccepted() throws IOException {
        DataCenter dataCenter =
                DataCenters.parse(example(2), REFERENCE.toString()).all().get(0);

        assertThat(dataCenter.registry().login()).containsEntry("password", "${secret:fra1#registry}");
    }

    @Test
    void certificatesOfAPrivateAuthorityAreAccepted() throws IOException {
        DataCenter dataCenter =
                DataCenters.parse(example(3), REFERENCE.toString()).all().get(0);

        assertThat(dataCenter.kafka())
                .containsEntry("ssl.truststore.certificates", "${secret:fra1-ca}")
                .containsEntry("ssl.keystore.key", "${secret:fra1-client-key}");
    }

    @Test
    void everyKeyOfThePipelineFileIsInTheReferenceAndNoOther() throws IOException {
        assertFullMapping(
                SettingsFile.keys(example(0), PipelineConfigParser::pipeline),
                documented(key -> !key.startsWith(OF_DATA_CENTERS)).keySet());
    }

    @Test
    void everyKeyOfTheDataCentersFileIsInTheReferenceAndNoOther() throws IOException {
        assertFullMapping(
                SettingsFile.keys(example(1), root -> DataCentersParser.dataCenters(root, DataCenterAccess.LOCAL)),
                documented(key -> key.startsWith(OF_DATA_CENTERS)).keySet());
    }

    private static void assertFullMapping(Set<String> inCode, Set<String> documented) {
        assertThat(documented)
                .as("keys of docs/configuration.md that the parser does not know; remove their rows")
                .isSubsetOf(inCode);
        Set<String> values = inCode.stream()
                .filter(key -> inCode.stream()
                        .noneMatch(other -> other.startsWith(key + ".") || other.startsWith(key + "[].")))
                .collect(Collectors.toSet());
        assertThat(values)
                .as("keys that the parser reads and docs/configuration.md lacks; add a row for each")
                .isSubsetOf(documented);
    }

    @Test
    void theTablesOfTheReferenceSayTheDefaults() throws IOException {
        Map<String, String> defaults = documented(key -> !key.contains("[]"));
        defaults.values().removeIf(text -> !text.startsWith("`"));

        assertThat(defaults).hasSizeGreaterThan(20).allSatisfy((key, text) -> {
            String[] path = key.split("\\.", -1);
            String yaml = path[0] + ": {" + path[1] + ": " + text.replace("`", "") + "}";
            assertThat(PipelineConfig.parse(yaml, REFERENCE.toString()))
                    .as("docs/configuration.md says that the default of %s is %s, and the code has another", key, text)
                    .isEqualTo(PipelineConfig.defaults());
        });
    }

    @Test
    void theTablesOfTheReferenceSayTheDefaultsOfADataCenter() throws IOException {
        Map<String, String> defaults = documented(key -> key.startsWith(OF_DATA_CENTERS));
        defaults.values().removeIf(text -> !text.startsWith("`"));

        assertThat(defaults).hasSize(2).allSatisfy((key, text) -> {
            String setting = ", " + key.replace("data_centers[].", "") + ": " + text.replace("`", "");
            assertThat(DataCenters.parse(A_DATA_CENTER.formatted(setting), "reference"))
                    .as("docs/configuration.md says that the default of %s is %s, and the code has another", key, text)
                    .isEqualTo(DataCenters.parse(A_DATA_CENTER.formatted(""), "reference"));
        });
    }

    @Test
    void whatTheReferenceCallsRequiredIsMissedAndNothingElse() throws IOException {
        String refusals = refusal(() -> PipelineConfig.parse("{columns: [{}], rollups: [{}]}", "none"))
                + refusal(() -> PipelineConfig.parse("rollups: [{measures: [{}]}]", "none"))
                + refusal(() -> DataCenters.parse("data_centers: [{}]", "none"))
                + refusal(() -> DataCenters.parse("data_centers: [{registry: {region: eu-central-1}}]", "none"))
                + refusal(() -> DataCenters.parse("{}", "none"));

        documented(key -> true).forEach((key, text) -> {
            String missing = "\n  " + key.replace("[]", "[0]") + ": is missing";
            if (text.equals("required")) {
                assertThat(refusals).contains(missing);
            } else {
                assertThat(refusals).doesNotContain(missing);
            }
        });
    }

    private static String refusal(ThrowingCallable parse) {
        return catchThrowableOfType(InvalidInputException.class, parse).getMessage();
    }

    /** The default by the key, as the tables of keys have them. */
    private static Map<String, String> documented(Predicate<String> which) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(Files.readString(REFERENCE))
                .results()
                .filter(row -> which.test(row.group(1)))
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    private static String example(int index) throws IOException {
        List<String> examples = YAML.matcher(Files.readString(REFERENCE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        return examples.get(index);
    }
}
