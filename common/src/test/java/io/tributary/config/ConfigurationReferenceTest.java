package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference for users, docs/configuration.md, and the code say the same. */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

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
    void certificatesOfAPrivateAuthorityAreAccepted() throws IOException {
        DataCenter dataCenter =
                DataCenters.parse(example(2), REFERENCE.toString()).all().get(0);

        assertThat(dataCenter.kafka())
                .containsEntry("ssl.truststore.certificates", "${secret:fra1-ca}")
                .containsEntry("ssl.keystore.key", "${secret:fra1-client-key}");
    }

    private static String example(int index) throws IOException {
        List<String> examples = YAML.matcher(Files.readString(REFERENCE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        return examples.get(index);
    }
}
