package io.tributary.lab.s3.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class S3ArgumentsTest {

    @Test
    void anyPortIsTakenUnlessOneIsNamed() {
        assertThat(parse("--dir", "data", "--bucket", "lake"))
                .isEqualTo(new S3Arguments(Path.of("data"), 0, "lake", Duration.ZERO));
        assertThat(parse("--dir", "data", "--bucket", "lake", "--port", "9000", "--latency-ms", "30"))
                .isEqualTo(new S3Arguments(Path.of("data"), 9000, "lake", Duration.ofMillis(30)));
    }

    @Test
    void allProblemsAreNamedTogether() {
        assertThatThrownBy(() -> parse(
                        "--bucket", "No Bucket", "--port", "70000", "--region", "x", "--latency-ms", "-1", "--dir"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--dir has no value",
                        "--dir is missing",
                        "'No Bucket' is not a bucket's name",
                        "'70000' is not a port",
                        "'-1' is not a number of milliseconds",
                        "--region is not an option",
                        "Usage: ");
    }

    private static S3Arguments parse(String... args) {
        return S3Arguments.parse(args);
    }
}
