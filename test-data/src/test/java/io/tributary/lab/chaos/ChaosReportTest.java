package io.tributary.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.chaos.ChaosReport.Audit;
import io.tributary.lab.chaos.RecoveryTimes.Recovery;
import io.tributary.lab.evaluate.Differences;
import io.tributary.lab.evaluate.Examples;
import io.tributary.lab.evaluate.Exempt;
import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.LakeWork;
import io.tributary.lab.evaluate.Report;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosReportTest {

    private static final Schedule SCHEDULE = Schedule.of(5, 2, List.of("dc1"));
    private static final Fault FIRST = SCHEDULE.faults().get(0);

    @Test
    void aRunIsGoodOnlyIfItIsExactAndBalanced() {
        assertThat(report(List.of(), Audit.of(0)).isGood()).isTrue();
        assertThat(report(List.of(), Audit.of(3)).isGood()).isFalse();
        assertThat(report(List.of(), Audit.of(1)).isGood()).isFalse();
        assertThat(report(List.of("the view could not be asked"), Audit.of(0)).isGood())
                .isFalse();
    }

    @Test
    void theJsonSaysWhatWasDoneAndWhatCameOfIt() {
        JsonObject json = json(report(List.of(), Audit.of(3)).json());

        assertThat(json.getInt("rounds")).isEqualTo(2);
        assertThat(json.getInt("seed")).isEqualTo(5);
        assertThat(json.getJsonObject("faults").getInt(FIRST.kind().word())).isEqualTo(1);
        assertThat(json.getJsonObject("recovery_ms")
                        .getJsonArray(FIRST.kind().word())
                        .getInt(0))
                .isEqualTo(1_500);
        assertThat(json.getString("audit")).isEqualTo("not balanced");
        assertThat(json.getString("verdict")).isEqualTo("exact");
        assertThat(json.getInt("missing")).isZero();
        assertThat(json.getInt("visible_twice")).isZero();
        assertThat(json.getInt("gone_again")).isZero();
        assertThat(json.getInt("polls_lost")).isEqualTo(7);
        assertThat(json.getJsonObject("own_ends").getJsonArray("ingest").getInt(0))
                .isEqualTo(3);
    }

    @Test
    void theTextSaysItForPeople() {
        assertThat(report(List.of(), Audit.of(0)).text())
                .contains(FIRST.kind().word(), "1.5 s", "exit codes [3]", "VERDICT: exact, audit balanced");
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static ChaosReport report(List<String> troubles, Audit audit) {
        Examples<String> none = new Examples<>(0, List.of());
        Report run = new Report(
                0,
                0,
                Exempt.NOTHING,
                new Differences(none, none, none, none, none, none, none, none),
                Freshness.NONE,
                Freshness.NONE,
                new LakeWork(1, 2, 3, 4, 5),
                List.of(),
                troubles);
        return new ChaosReport(
                SCHEDULE,
                run,
                audit,
                List.of(new Recovery(FIRST, Duration.ofMillis(1_500))),
                7,
                70,
                Map.of("ingest", List.of(3)));
    }
}
