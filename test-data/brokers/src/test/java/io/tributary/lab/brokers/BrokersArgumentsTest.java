package io.tributary.lab.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokersArgumentsTest {

    @Test
    void topicAndPartitionsHaveDefaults() {
        assertThat(parse("--dir", "k", "--clusters", "dc1"))
                .isEqualTo(new BrokersArguments(Path.of("k"), List.of("dc1"), "events", 2, false));
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(parse(
                        "--clusters",
                        "dc1,dc2",
                        "--dir",
                        "k",
                        "--topic",
                        "ticks",
                        "--partitions",
                        "7",
                        "--logins",
                        "true"))
                .isEqualTo(new BrokersArguments(Path.of("k"), List.of("dc1", "dc2"), "ticks", 7, true));
    }

    @Test
    void allProblemsAreReportedTogether() {
        assertThatThrownBy(() -> parse(
                        "--clusters",
                        "dc1,dc1,../up,",
                        "--topic",
                        "a b",
                        "--partitions",
                        "0",
                        "--colour",
                        "red",
                        "--dir"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--dir has no value")
                .hasMessageContaining("--dir is missing")
                .hasMessageContaining("'dc1' is named twice")
                .hasMessageContaining("'../up' is not a name")
                .hasMessageContaining("'' is not a name")
                .hasMessageContaining("'a b' is not a topic")
                .hasMessageContaining("'0' is not a number from 1 to 999")
                .hasMessageContaining("--colour is not an option")
                .hasMessageContaining("Usage:");
    }

    private static BrokersArguments parse(String... args) {
        return BrokersArguments.parse(args);
    }
}
