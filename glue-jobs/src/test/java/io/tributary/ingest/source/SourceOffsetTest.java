package io.tributary.ingest.source;

import static io.tributary.ingest.source.Sources.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOffsetTest {

    private static final Positions SOME = new Positions(new TreeMap<>(Map.of(
            new PartitionId("nyc", "a", 10),
            1L,
            new PartitionId("nyc", "a", 2),
            2L,
            new PartitionId("fra", "b", 0),
            3L)));

    @Test
    void equalOffsetsHaveEqualText() {
        String json = "{\"#arrival\":1700000000123,\"fra\":{\"b\":{\"0\":3}},\"nyc\":{\"a\":{\"2\":2,\"10\":1}}}";

        assertThat(new SourceOffset(1_700_000_000_123L, SOME).json()).isEqualTo(json);
        assertThat(new SourceOffset(1_700_000_000_123L, SOME)).isEqualTo(SourceOffset.parse(json));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        SourceOffset read = SourceOffset.parse(new SourceOffset(7, SOME).json());

        assertThat(read.arrival()).isEqualTo(7);
        assertThat(read.positions()).isEqualTo(SOME);
        assertThat(SourceOffset.parse("{\"#arrival\":0}").positions()).isEqualTo(Positions.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"#arrival\":\"now\"}",
                "{\"#arrival\":null}",
                "{\"#arrival\":1.5}",
                "{\"#arrival\":1,\"fra\":{\"events\":7}}",
                "{\"#arrival\":1,\"fra\":{\"events\":{\"first\":7}}}",
                "{\"fra\":{\"events\":{\"0\":7}}}",
                "{\"#arrival\":1,\"fra\"",
            })
    void junkIsRefused(String json) {
        assertThatThrownBy(() -> SourceOffset.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an offset of this source: " + json);
    }

    @Test
    void optionsArriveAsTheyWereGiven() {
        SourceOptions options = new SourceOptions(
                "s3://b/data-centers.yaml",
                "s3://b/memory",
                Duration.ofMillis(1500),
                77,
                positions(5, 6),
                1_700_000_000_123L);

        assertThat(SourceOptions.from(new CaseInsensitiveStringMap(options.toOptions())))
                .isEqualTo(options);
    }
}
