package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/mapping.md tells people to write is valid. */
class MappingPageTest {

    private static final Pattern LINE =
            Pattern.compile("`((?:event|dedup): \\{[^`]*}|\\{name: [^`]*}|time_format: [^`]*)`");

    @Test
    void everyLineOfThePageIsAValidConfiguration() throws IOException {
        List<String> files = new ArrayList<>();
        for (String line : LINE.matcher(Files.readString(Path.of("..", "docs", "mapping.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList()) {
            if (line.startsWith("{")) {
                files.add("columns: [" + line + "]");
            } else {
                files.add(line.startsWith("time_format") ? "event:\n  " + line : line);
            }
        }

        assertThat(files).hasSizeGreaterThan(15);
        for (String file : files) {
            assertThatNoException().as(file).isThrownBy(() -> PipelineConfig.parse(file, "docs/mapping.md"));
        }
    }
}
