package io.tributary.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.EventOverrides;
import io.tributary.config.PipelineConfig;
import io.tributary.values.PayloadColumns.Reading;
import io.tributary.values.PayloadColumns.Reading.Absent;
import io.tributary.values.PayloadColumns.Reading.Fits;
import io.tributary.values.PayloadColumns.Reading.Unfit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnReadersTest {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            columns:
              - {name: amount, type: "decimal(18,2)", from: /order/amount}
              - {name: note, type: string, from: /note}
              - {name: seen, type: timestamp, from: /seen}
            """, "test");

    @Test
    void valuesAreThoseThatFitAndWhatDoesNotIsShown() {
        assertThat(read("{\"order\":{\"amount\":12.5},\"note\":7,\"seen\":\"2026-03-01T08:00:00Z\"}"))
                .containsExactly(
                        new Fits(new BigDecimal("12.50")),
                        new Fits("7"),
                        new Fits(Instant.parse("2026-03-01T08:00:00Z")));
        assertThat(read(" {\"order\":{\"amount\":12.555},\"note\":null}"))
                .containsExactly(new Unfit("12.555"), new Absent(), new Absent());
        assertThat(read("{\"order\":{\"amount\":\"" + "9".repeat(100) + "\"}}").get(0))
                .isEqualTo(new Unfit("\"" + "9".repeat(59) + "…"));
    }

    @Test
    void whatStandsAroundTheJsonIsPassedOver() {
        assertThat(read("\uFEFF{\"note\":\"a\"}\0").get(1)).isEqualTo(new Fits("a"));
        assertThat(read("{\"note\":\"\\ud800\"}").get(1)).isEqualTo(new Fits("\uFFFD"));
    }

    @Test
    void whatIsNoObjectHoldsNothing() {
        for (String payload : new String[] {null, "", "  ", "7", "[1]", "{\"note\":", "nonsense"}) {
            assertThat(read(payload)).as(payload).containsOnly(new Absent());
        }
    }

    @Test
    void timesAreReadAsTheDataCenterAndTheTopicWriteThem() {
        ColumnReaders readers =
                new ColumnReaders(CONFIG.columns(), CONFIG.event(), Map.of("fra", EventOverrides.parse("""
                        {"time_format": ["epoch_seconds"], "topics": {"old": {"time_format": ["epoch_micros"]}}}""")));
        String seconds = "{\"seen\":1772352000}";
        assertThat(readers.of("fra", "events").read(seconds).get(2))
                .isEqualTo(new Fits(Instant.parse("2026-03-01T08:00:00Z")));
        assertThat(readers.of("fra", "old").read("{\"seen\":1772352000000000}").get(2))
                .isEqualTo(new Fits(Instant.parse("2026-03-01T08:00:00Z")));
        assertThat(readers.of("nyc", "events").read(seconds).get(2)).isEqualTo(new Unfit("1772352000"));
    }

    private static List<Reading> read(String payload) {
        return new ColumnReaders(CONFIG.columns(), CONFIG.event(), Map.of())
                .of("fra", "events")
                .read(payload);
    }
}
