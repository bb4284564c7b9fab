package io.tributary.operations.datacenter.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTopicsTest {

    private static final List<DataCenter> FILE =
            DataCenters.parse("""
                    data_centers:
                      - {name: fra, bootstrap_servers: 'k1:9092,k2:9092', topics: [events, clicks]}
                      - {name: nyc, bootstrap_servers: 'k3:9092', topics: [events]}
                    """, "dc.yaml").all();

    @Test
    void aTopicOfTheSameBrokersUnderAnotherNameIsToldAndItsOwnEntryIsNot() {
        assertThat(results("name: lon, bootstrap_servers: 'k9:9092,K2:9092', topics: [clicks, orders]"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.isFailure()).isTrue();
                    assertThat(result.words()).startsWith("clicks is read as fra already");
                });
        assertThat(results("name: fra, bootstrap_servers: 'k1:9092', topics: [events]"))
                .isEmpty();
    }

    @Test
    void otherTopicsOfTheSameBrokersAndTheSameTopicsOfOthersAreNobodysAffair() {
        assertThat(results("name: lon, bootstrap_servers: 'k1:9092', topics: [orders]"))
                .isEmpty();
        assertThat(results("name: lon, bootstrap_servers: 'k4:9092', topics: [events]"))
                .isEmpty();
    }

    private static List<CheckResult> results(String entry) {
        return SharedTopics.results(
                DataCenters.parse("data_centers: [{" + entry + "}]", "dc.yaml")
                        .all()
                        .get(0),
                FILE);
    }
}
