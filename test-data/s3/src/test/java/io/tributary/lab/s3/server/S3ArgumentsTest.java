package io.tributary.lab.s3.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class S3ArgumentsTest {

    @Test
    void anyPortIsTakenUnlessOneIsNamed() {
        assertThat(parse("--dir", "data", "--bucket", "lake"))
                .isEqualTo(new S3Arguments(Path.of("data"), 0, "lake", Duration.ZERO, OptionalInt.empty(), 1, false));
        assertThat(parse("--dir", "data", "--bucket", "lake", "--port", "9000", "--latency-ms", "30"))
                .isEqualTo(new S3Arguments(
                        Path.of("data"), 9000, "lake", Duration.ofMillis(30), OptionalInt.empty(), 1, false));
    }

    @Test
    void aFrontIsThereIfItsPortIsNamed() {
        S3Arguments withFront = parse("--dir", "data", "--bucket", "lake", "--front-port", "0", "--seed", "-7");

        assertThat(withFront.frontPort()).hasValue(0);
        assertThat(withFront.seed()).isEqualTo(-7);
        assertThat(parse("--dir", "data", "--bucket", "lake", "--versions", "true")
                        .keepsVersions())
                .isTrue();
    }

    @Test
    void allProblemsAreNamedTogether() {
        assertThatThrownBy(() -> parse(
                        "--bucket",
                        "No Bucket",
                        "--port",
                        "70000",
                        "--front-port",
                        "x",
                        "--seed",
                        "odd",
                        "--region",
                        "x",
                        "--latency-ms",
                        "-1",
                        "--dir"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--dir has no value",
                        "--dir is missing",
                        "'No Bucket' is not a bucket's name",
                        "--port: '70000' is not a port",
                        "--front-port: 'x' is not a port",
                        "'odd' is not a whole number",
                        "'-1' is not a number of milliseconds",
                        "--region is not an option",
                        "Usage: ");
    }

    private static S3Arguments parse(String... args) {
        return S3Arguments.parse(args);
    }
}
