package io.tributary.lab.s3.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class S3ArgumentsTest {

    @Test
    void anyPortIsTakenUnlessOneIsNamed() {
        assertThat(parse("--dir", "data", "--bucket", "lake")).isEqualTo(new S3Arguments(Path.of("data"), 0, "lake"));
        assertThat(parse("--dir", "data", "--bucket", "lake", "--port", "9000"))
                .isEqualTo(new S3Arguments(Path.of("data"), 9000, "lake"));
    }

    @Test
    void allProblemsAreNamedTogether() {
        assertThatThrownBy(() -> parse("--bucket", "No Bucket", "--port", "70000", "--region", "x", "--dir"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--dir has no value",
                        "--dir is missing",
                        "'No Bucket' is not a bucket's name",
                        "'70000' is not a port",
                        "--region is not an option",
                        "Usage: ");
    }

    private static S3Arguments parse(String... args) {
        return S3Arguments.parse(args);
    }
}
