package io.tributary.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionOffsetsTest {

    private static final TopicPartitionId FRA_0 = new TopicPartitionId("fra", "events", 0);
    private static final TopicPartitionId FRA_10 = new TopicPartitionId("fra", "events", 10);
    private static final TopicPartitionId NYC_0 = new TopicPartitionId("nyc", "audit.log", 0);

    private static final PartitionOffsets SOME =
            new PartitionOffsets(new TreeMap<>(Map.of(NYC_0, 7L, FRA_10, Long.MAX_VALUE, FRA_0, 0L)));

    @Test
    void textIsSortedSoThatEqualPositionsHaveEqualText() {
        assertThat(SOME.toJson())
                .hasToString(
                        "{\"fra\":{\"events\":{\"0\":0,\"10\":9223372036854775807}},\"nyc\":{\"audit.log\":{\"0\":7}}}");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        assertThat(read(SOME.toJson().toString())).isEqualTo(SOME);
        assertThat(read("{}")).isEqualTo(PartitionOffsets.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{\"fra\":5}",
                "{\"fra\":{\"events\":[1]}}",
                "{\"fra\":{\"events\":{\"0\":\"5\"}}}",
                "{\"fra\":{\"events\":{\"0\":1.5}}}",
                "{\"fra\":{\"events\":{\"0\":null}}}",
                "{\"fra\":{\"events\":{\"0\":9223372036854775808}}}",
            })
    void anotherShapeIsRefusedAndNeverReadAsFewerPositions(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not an ");
    }

    @Test
    void aPartitionThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> read("{\"fra\":{\"events\":{\"x\":1}}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x\"");
    }

    @Test
    void oneDataCentersPositionsLeaveTheOthersOut() {
        assertThat(SOME.dataCenter("fra").offsets()).containsOnlyKeys(FRA_0, FRA_10);
        assertThat(SOME.dataCenter("unknown").isEmpty()).isTrue();
        assertThat(SOME.dataCenters()).containsExactly("fra", "nyc");
    }

    @Test
    void newerPositionsOverrideAndExtend() {
        PartitionOffsets newer =
                new PartitionOffsets(new TreeMap<>(Map.of(FRA_0, 5L, new TopicPartitionId("sin", "events", 1), 2L)));

        assertThat(SOME.plus(newer).offsets())
                .hasSize(4)
                .containsEntry(FRA_0, 5L)
                .containsEntry(NYC_0, 7L);
        assertThat(SOME.of(FRA_0)).contains(0L);
    }

    @Test
    void laterChangesToTheGivenMapChangeNothing() {
        TreeMap<TopicPartitionId, Long> given = new TreeMap<>(Map.of(FRA_0, 1L));
        PartitionOffsets positions = new PartitionOffsets(given);
        given.put(FRA_0, 2L);

        assertThat(positions.of(FRA_0)).contains(1L);
    }

    @Test
    void kafkaJsonIsOneDataCentersOffset() {
        assertThat(SOME.kafkaJson("nyc")).isEqualTo("{\"audit.log\":{\"0\":7}}");
        assertThat(SOME.kafkaJson("unknown")).isEqualTo("{}");
    }

    private static PartitionOffsets read(String json) throws JsonProcessingException {
        return PartitionOffsets.fromJson(new ObjectMapper().readTree(json));
    }
}
