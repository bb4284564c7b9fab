package io.tributary.ingest.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaErrorsTest {

    @Test
    void thatNoBrokerWasFoundIsSaidWithoutTheClientsWords() {
        assertThat(KafkaErrors.describe(new ExecutionException(
                        new TimeoutException("Timed out waiting for a node assignment. Call: listNodes"))))
                .isEqualTo("no broker answers");
    }

    @Test
    void theRootCauseIsNamedInOneLine() {
        assertThat(KafkaErrors.describe(
                        new ExecutionException(new TopicAuthorizationException("Not authorized:\n  [events]"))))
                .isEqualTo("TopicAuthorizationException: Not authorized: [events]");
    }
}
