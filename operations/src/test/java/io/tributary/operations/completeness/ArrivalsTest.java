package io.tributary.operations.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.offsets.RangeStats;
import io.tributary.operations.status.WrittenLake;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 60 batches of the ten minutes before 8 o'clock on the first of March, fra in all of them, nyc in the first 39. */
class ArrivalsTest {

    private static final LocalDate DATE = LocalDate.of(2026, 3, 1);
    private static final Instant SEVEN = Instant.parse("2026-03-01T07:00:00Z");

    @TempDir
    Path dir;

    private Lake lake;

    @BeforeEach
    void write() throws IOException {
        WrittenLake.write(dir);
        lake = Lake.of(Optional.of(dir.toUri().toString()), PipelineConfig.defaults());
    }

    @Test
    void whatArrivedIsCountedByHourAndDataCenter() {
        Arrivals arrivals = Arrivals.read(lake, new Configuration(), DATE);

        assertThat(arrivals.read()).containsOnlyKeys("fra", "nyc");
        assertThat(arrivals.read().get("fra")).containsOnlyKeys(SEVEN);
        RangeStats fra = arrivals.read().get("fra").get(SEVEN);
        assertThat(fra.read()).isEqualTo(6_000);
        assertThat(arrivals.isWhole()).isTrue();
        assertThat(arrivals.text())
                .containsPattern("fra +2026-03-01 07:00:00 +\\? +6,000 +6,000 +0 +0 +0")
                .contains("no event time is kept of them", "they were not asked (--data-centers)");
    }

    @Test
    void whatTheBrokersHoldIsShownNextToIt() {
        Arrivals arrivals = Arrivals.read(lake, new Configuration(), DATE)
                .with(new TreeMap<>(Map.of(
                        "fra", new TreeMap<>(Map.of(SEVEN, 5_900L, SEVEN.plusSeconds(3_600), 0L)),
                        "nyc", new TreeMap<>())));

        assertThat(arrivals.text())
                .containsPattern("fra +2026-03-01 07:00:00 +5,900 +6,000")
                .containsPattern("nyc +2026-03-01 07:00:00 +\\? +")
                .doesNotContain("08:00:00", "not asked");
    }

    @Test
    void anotherDateHasNone() {
        Arrivals arrivals = Arrivals.read(lake, new Configuration(), DATE.minusDays(1));
        assertThat(arrivals.read()).isEmpty();
        assertThat(arrivals.isWhole()).isTrue();
    }

    @Test
    void aDateWhoseFirstCommitsHaveExpiredSaysSo() throws IOException {
        Path log = dir.resolve("events_staging/_delta_log");
        for (int version = 0; version < 20; version++) {
            Files.delete(log.resolve("%020d.json".formatted(version)));
        }
        Arrivals arrivals = Arrivals.read(lake, new Configuration(), DATE);
        assertThat(arrivals.read().get("fra").get(SEVEN).read()).isEqualTo(4_000);
        assertThat(arrivals.isWhole()).isFalse();
        assertThat(arrivals.text()).contains("these counts are too low");
    }
}
