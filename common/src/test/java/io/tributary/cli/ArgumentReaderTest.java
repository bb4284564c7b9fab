package io.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.runtime.RuntimeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentReaderTest {

    @Test
    void valuesFollowTheirNameOrAnEqualsSign() {
        ArgumentReader reader = new ArgumentReader("--config", "a.yaml", "--lake=s3://b/l?x=y", "--rows=--7");

        assertThat(reader.required("config", "the configuration")).isEqualTo("a.yaml");
        assertThat(reader.optional("lake")).contains("s3://b/l?x=y");
        assertThat(reader.optional("rows")).contains("--7");
        assertThat(reader.optional("absent")).isEmpty();
        assertThatCode(reader::finish).doesNotThrowAnyException();
    }

    @Test
    void aChoiceIsReadInAnyCaseAndHasADefault() {
        ArgumentReader reader = new ArgumentReader("--runtime", "Local");

        assertThat(reader.choice("runtime", RuntimeKind.class, null)).isEqualTo(RuntimeKind.LOCAL);
        assertThat(reader.choice("other", RuntimeKind.class, RuntimeKind.LOCAL)).isEqualTo(RuntimeKind.LOCAL);
        assertThatCode(reader::finish).doesNotThrowAnyException();
    }

    @Test
    void everythingThatIsWrongIsSaidTogether() {
        ArgumentReader reader = new ArgumentReader(
                "stray",
                "--runtime",
                "moon",
                "--rows",
                "many",
                "--lake",
                "--unheard-of",
                "x",
                "--",
                "--twice",
                "1",
                "--twice=2",
                "--blank=");
        reader.choice("runtime", RuntimeKind.class, RuntimeKind.LOCAL);
        reader.optional("rows", text -> {
            throw new IllegalArgumentException("is no number");
        });
        reader.optional("lake");
        reader.optional("twice");
        reader.required("blank", "what has a name and no value");
        reader.required("config", "the URI of the configuration");

        assertThatThrownBy(reader::finish)
                .isInstanceOf(InvalidInputException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .containsExactlyInAnyOrder(
                                "The job's arguments cannot be used:",
                                "  \"stray\" stands where an argument name should; arguments are pairs: --name value",
                                "  \"--\" stands where an argument name should; arguments are pairs: --name value",
                                "  --lake has no value; write --lake <value>",
                                "  --blank has no value; write --blank <value>",
                                "  --twice is given twice; leave one of them out",
                                "  --runtime \"moon\": is none of [local, glue]",
                                "  --rows \"many\": is no number",
                                "  --config is missing: the URI of the configuration",
                                "  --unheard-of is not an argument of this job; known here: --blank, --config,"
                                        + " --lake, --rows, --runtime, --twice"));
    }

    @Test
    void whatGlueAddsIsPassedOver() {
        ArgumentReader reader = new ArgumentReader(
                "--JOB_NAME",
                "tributary",
                "--JOB_ID",
                "j_1",
                "--JOB_RUN_ID",
                "jr_1",
                "--job-bookmark-option",
                "job-bookmark-disable",
                "--job-language",
                "scala",
                "--TempDir",
                "s3://b/tmp",
                "--enable-metrics",
                "--enable-continuous-cloudwatch-log=true",
                "--class",
                "io.tributary.ingest.IngestJob",
                "--extra-jars",
                "s3://b/j.jar",
                "--datalake-formats",
                "delta",
                "--conf",
                "spark.x=1",
                "--conf",
                "spark.y=2",
                "--config",
                "a.yaml");

        assertThat(reader.required("config", "the configuration")).isEqualTo("a.yaml");
        assertThatCode(reader::finish).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lakes", "Config", "checkpoints", "data_centers", "conf-file"})
    void anUnknownArgumentOfOursIsAnError(String key) {
        ArgumentReader reader = new ArgumentReader("--" + key, "x");

        assertThatThrownBy(reader::finish)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--" + key + " is not an argument of this job");
    }
}
