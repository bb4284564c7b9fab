package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class ResultComparisonTest {

    private final ObjectNode before = StoredResult.smoke();
    private final ObjectNode after = StoredResult.smoke();

    @Test
    void aResultBesideItselfIsNeitherWorseNorBetter() {
        assertThat(ResultComparison.rows(before, after))
                .hasSizeGreaterThan(8)
                .noneMatch(row -> row.isWorse() || row.isBetter());
    }

    @Test
    void whatGrewByMoreThanNoiseIsWorse() {
        ObjectNode work = (ObjectNode) after.at("/pipeline/work");
        work.put(
                "cpu_per_million",
                1.2 * before.at("/pipeline/work/cpu_per_million").asDouble());
        work.put(
                "cpu_per_million_merge",
                0.5 * before.at("/pipeline/work/cpu_per_million_merge").asDouble());
        work.put(
                "cpu_per_million_ingest",
                1.05 * before.at("/pipeline/work/cpu_per_million_ingest").asDouble());

        assertThat(ResultComparison.rows(before, after).stream()
                        .filter(ResultComparison.Row::isWorse)
                        .map(ResultComparison.Row::name))
                .containsExactly("CPU-s a million, both");
        assertThat(ResultComparison.rows(before, after).stream()
                        .filter(ResultComparison.Row::isBetter)
                        .map(ResultComparison.Row::name))
                .containsExactly("CPU-s a million, merge job");
        assertThat(ResultComparison.text(before, after)).containsPattern("CPU-s a million, both .*\\+20%  worse");
    }

    @Test
    void anotherLoadIsNotCompared() {
        after.put("profile_yaml", "description: another");
        assertThatThrownBy(() -> ResultComparison.rows(before, after))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("only runs of the same load can be compared");
    }

    @Test
    void aRunWithoutFiguresIsNotCompared() {
        ((ObjectNode) after.get("pipeline")).remove("freshness");
        assertThatThrownBy(() -> ResultComparison.rows(before, after))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no figures");
    }

    @Test
    void anotherMachineIsSaid() {
        ((ObjectNode) after.get("machine")).put("cores", 64);
        assertThat(ResultComparison.text(before, after)).contains("The machines differ");
    }
}
