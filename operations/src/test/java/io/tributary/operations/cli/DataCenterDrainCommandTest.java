package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DataCenterDrainCommandTest {

    @Test
    void whoIsDrainedIsRemovedNext() {
        assertThat(DataCenterDrainCommand.next("nyc", 0)).isEqualTo("next: tributary dc remove nyc --because '…'");
    }

    @Test
    void whoStillSendsIsDrainedAgain() {
        assertThat(DataCenterDrainCommand.next("nyc", 1_234).lines())
                .containsExactly(
                        "1,234 offsets were read since, which this does not certify: its producers still send. Stop them"
                                + " first",
                        "next: tributary dc drain nyc --because '…'");
    }
}
