package io.tributary.lake.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.EventOverrides;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.fill.ColumnFills.State;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnFillsTest {

    private static final FillOrder ORDER = new FillOrder(
            0,
            Instant.parse("2026-03-01T08:00:00.123Z"),
            "ops",
            "ticket \"12\"",
            new TreeMap<>(Map.of("amount", "0123456789abcdef", "seen", "fedcba9876543210")),
            new TreeMap<>(Map.of("fra", EventOverrides.parse("{\"time_zone\": \"Europe/Berlin\"}"))));

    @TempDir
    Path dir;

    @Test
    void ordersAreNumberedAndReadBack() {
        ColumnFills fills = fills();
        assertThat(fills.all()).isEmpty();
        assertThat(fills.add(ORDER).number()).isEqualTo(1);
        assertThat(fills.add(ORDER).number()).isEqualTo(2);
        assertThat(fills().all())
                .extracting(ColumnFills.Fill::order)
                .containsExactly(ORDER.numbered(1), ORDER.numbered(2));
    }

    @Test
    void theColumnsOfOpenFillsAreBeingFilled() {
        ColumnFills fills = fills();
        fills.add(ORDER);
        assertThat(fills.beingFilled()).containsExactly("amount", "seen");
        fills.close(1);
        assertThat(fills.beingFilled()).isEmpty();
        fills.add(ORDER);
        fills.cancel(2, Instant.parse("2026-03-02T00:00:00Z"), "ada", "wrong place");
        assertThat(fills().all()).extracting(ColumnFills.Fill::state).containsExactly(State.FILLED, State.CANCELED);
    }

    @Test
    void howFarItIsIsReadBack() {
        ColumnFills fills = fills();
        assertThat(fills.progress(1)).isEmpty();
        FillProgress part =
                FillProgress.beginningAt(7).plus(LocalDate.of(2026, 3, 1), 12).plus(LocalDate.of(-44, 3, 15), 3);
        fills.note(1, part);
        fills.note(1, part.without(List.of(LocalDate.of(2026, 3, 1)), 9));
        FillProgress read = fills().progress(1).orElseThrow();
        assertThat(read.version()).isEqualTo(9);
        assertThat(read.filled()).containsExactly(LocalDate.of(-44, 3, 15));
        assertThat(read.rows()).isEqualTo(15);
    }

    @Test
    void whatWasNotWrittenWholeBeginsAnew() throws IOException {
        ColumnFills fills = fills();
        fills.note(1, FillProgress.beginningAt(7));
        Files.writeString(dir.resolve("_fills/progress/00000001.json"), "{\"version\":7,\"filled\":[\"2026-");
        assertThat(fills.progress(1)).isEmpty();
    }

    @Test
    void howFarItIsIsNotTakenForTheBeginningWhereItCannotBeRead() throws IOException {
        Files.createDirectories(dir.resolve("_fills/progress/00000001.json/in-its-place"));
        assertThatThrownBy(() -> fills().progress(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("00000001.json cannot be read");
    }

    @Test
    void anOrderThatCannotBeReadIsNamed() throws IOException {
        fills().add(ORDER);
        Path file = dir.resolve("_fills/00000001.json");
        Files.writeString(file, "{\"fill\": 1}");
        assertThatThrownBy(() -> fills().all())
                .hasMessageContaining("00000001.json is no order to fill columns that can be read")
                .hasMessageContaining("Restore the file from an earlier version");
    }

    private ColumnFills fills() {
        return new ColumnFills(
                Lake.of(Optional.of(dir.toString()), PipelineConfig.defaults()), new HadoopFiles(new Configuration()));
    }
}
