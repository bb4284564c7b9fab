package io.tributary.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.truth.SentCounts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Freshness FRESHNESS = new Freshness(9, 1_500, 2_000, 2_500, 3_000);

    @Test
    void aRunWithoutDifferencesIsExact() {
        assertThat(report(9, 1, Examples.none(), Examples.none()).verdict()).isEqualTo("exact");
    }

    @Test
    void anyDifferenceMakesItNotExact() {
        Examples<String> one = new Examples<>(1, List.of("x"));
        assertThat(report(9, 1, one, Examples.none()).verdict()).isEqualTo("not exact");
        assertThat(report(9, 1, Examples.none(), one).verdict()).isEqualTo("not exact");
        assertThat(report(8, 1, Examples.none(), Examples.none()).isExact()).isFalse();
        assertThat(report(9, 2, Examples.none(), Examples.none()).isExact()).isFalse();
    }

    @Test
    void whatWasErasedIsNotVisible() {
        Exempt erased = new Exempt(0, 0, 1, 0);
        Report report = withExempt(report(8, 1, Examples.none(), Examples.none()), erased);
        assertThat(report.isExact()).isTrue();
        assertThat(report.text()).containsPattern("erased +1   different events");
        assertThat(json(report).getInt("erased")).isEqualTo(1);
        assertThat(withExempt(report(9, 1, Examples.none(), Examples.none()), erased)
                        .isExact())
                .isFalse();
    }

    @Test
    void aRejectedRecordThatWasErasedIsNotInTheQuarantine() {
        Exempt erased = new Exempt(0, 0, 0, 1);
        Report report = withExempt(report(9, 0, Examples.none(), Examples.none()), erased);
        assertThat(report.isExact()).isTrue();
        assertThat(report.text()).containsPattern("erased in quarantine +1   malformed records");
        assertThat(json(report).getInt("rejected_erased")).isEqualTo(1);
        assertThat(withExempt(report(9, 1, Examples.none(), Examples.none()), erased)
                        .isExact())
                .isFalse();
    }

    @Test
    void whatNobodyWasToReadIsTold() {
        Report report = withExempt(report(9, 1, Examples.none(), Examples.none()), new Exempt(0, 7, 0, 0));
        assertThat(report.isExact()).isTrue();
        assertThat(report.text()).containsPattern("of those not read +7   not counted above");
        assertThat(json(report).getInt("unread")).isEqualTo(7);
    }

    @Test
    void aRunInTroubleIsNotExact() {
        Report report = withTrouble(report(9, 1, Examples.none(), Examples.none()));
        assertThat(report.isExact()).isFalse();
        assertThat(report.text()).contains("TROUBLE: The process ingest ended");
        assertThat(json(report).getJsonArray("troubles")).hasSize(1);
    }

    @Test
    void theJsonHoldsWhatWasCounted() {
        JsonObject json = json(report(9, 1, new Examples<>(2, List.of("x sent as dc1/events-0@7")), Examples.none()));
        assertThat(json.getString("verdict")).isEqualTo("not exact");
        assertThat(List.of(
                        json.getInt("sent"),
                        json.getInt("unique"),
                        json.getInt("duplicates_sent"),
                        json.getInt("malformed_sent"),
                        json.getInt("visible"),
                        json.getInt("missing"),
                        json.getInt("visible_twice"),
                        json.getInt("gone_again"),
                        json.getInt("unexpected"),
                        json.getInt("mismatched"),
                        json.getInt("quarantined"),
                        json.getInt("quarantined_unexpected"),
                        json.getInt("merges"),
                        json.getInt("files_before"),
                        json.getInt("files_after")))
                .containsExactly(12, 9, 2, 1, 9, 2, 0, 0, 0, 0, 1, 0, 4, 70, 30);
        assertThat(json.getJsonObject("freshness_ms").getInt("p99")).isEqualTo(2_500);
        assertThat(json.getJsonObject("freshness_on_time_ms").getInt("max")).isEqualTo(3_000);
        assertThat(json.getJsonObject("data_centers").getJsonObject("dc1").getInt("read"))
                .isEqualTo(12);
        assertThat(json.getJsonObject("examples").getJsonArray("missing").getString(0))
                .isEqualTo("x sent as dc1/events-0@7");
    }

    @Test
    void theTextIsForPeople() {
        assertThat(report(9, 1, new Examples<>(1, List.of("x sent as dc1/events-0@7")), Examples.none())
                        .text())
                .contains("duplicates sent")
                .contains("missing, for example:", "    x sent as dc1/events-0@7")
                .contains("1.5")
                .endsWith("VERDICT: not exact" + System.lineSeparator());
    }

    private static Report report(long visible, long quarantined, Examples<String> missing, Examples<String> wrong) {
        Differences differences = new Differences(
                missing,
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                wrong);
        DataCenterReport dataCenter =
                new DataCenterReport("dc1", new SentCounts(9, 2, 1), new ProcessedCounts(12, 9, 2, 1, 8, 1), FRESHNESS);
        return new Report(
                visible,
                quarantined,
                new Exempt(6, 0, 0, 0),
                differences,
                FRESHNESS,
                FRESHNESS,
                new LakeWork(4, 11, 70, 30, 2_000),
                List.of(dataCenter),
                List.of());
    }

    private static Report withTrouble(Report report) {
        return with(report, report.exempt(), List.of("The process ingest ended"));
    }

    private static Report withExempt(Report report, Exempt exempt) {
        return with(report, exempt, List.of());
    }

    private static Report with(Report report, Exempt exempt, List<String> troubles) {
        return new Report(
                report.visible(),
                report.quarantined(),
                exempt,
                report.differences(),
                report.freshness(),
                report.freshnessOnTime(),
                report.work(),
                report.dataCenters(),
                troubles);
    }

    private static JsonObject json(Report report) {
        try (JsonReader reader = Json.createReader(new StringReader(report.json()))) {
            return reader.readObject();
        }
    }
}
