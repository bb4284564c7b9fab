package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.config.AcceptedReset;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.config.StartingOffsets;
import io.tributary.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path dir;

    @Test
    void theLabsOwnPipelineFitsGeneratedEventsAndHasShortTimes() {
        PipelineConfig config = Settings.writePipeline(Optional.empty(), dir.resolve("pipeline.yaml"));
        assertThatCode(() -> LoadRequirements.check(config)).doesNotThrowAnyException();
        assertThat(config.dedup().window()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.dedup().clockSkew()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.eventTime().maxAhead()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.trigger().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.columns()).hasSize(3);
    }

    @Test
    void aGivenPipelineIsPassedOnAsItIs() throws Exception {
        Path given = Files.writeString(dir.resolve("mine.yaml"), "event: {id: /id} # mine\n");
        Path file = dir.resolve("pipeline.yaml");
        assertThat(Settings.writePipeline(Optional.of(given), file).event().id())
                .containsExactly("/id");
        assertThat(file).hasSameTextualContentAs(given);
    }

    @Test
    void whatDoesNotFitGeneratedEventsIsNamedTogether() {
        PipelineConfig config = PipelineConfig.parse("""
                event: {id: /id, time: /at, time_format: yyyy, data_center: /net}
                event_time: {max_age: 1d, max_ahead: 1000d}
                """.replace("yyyy", "yyyy/MM/dd"), "test");
        assertThatThrownBy(() -> LoadRequirements.check(config))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("event.id must be /event_id, not /id")
                .hasMessageContaining("event.time must be /event_time, not /at")
                .hasMessageContaining("event.data_center must be /data_center, not /net")
                .hasMessageContaining("event.time_format must be default")
                .hasMessageContaining("event_time.max_age must lie between")
                .hasMessageContaining("event_time.max_ahead must be less")
                .hasMessageContaining("--input FILE");
    }

    @Test
    void idsWithinADataCentreNeedTheOneThatEventsName() {
        PipelineConfig config = PipelineConfig.parse("dedup: {scope: data_center}", "test");
        assertThatThrownBy(() -> LoadRequirements.check(config))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("event.data_center must be /data_center where dedup.scope is data_center");
    }

    @Test
    void theDataCentresFileNamesEveryCluster() throws Exception {
        Path file = dir.resolve("data-centers.yaml");
        Settings.writeDataCenters(Map.of("dc2", "127.0.0.1:2", "1.no", "127.0.0.1:1"), "events", file);
        assertThat(DataCenters.parse(Files.readString(file), "test").all())
                .extracting(DataCenter::name, DataCenter::bootstrapServers, DataCenter::start)
                .containsExactly(
                        tuple("1.no", "127.0.0.1:1", new StartingOffsets.Earliest()),
                        tuple("dc2", "127.0.0.1:2", new StartingOffsets.Earliest()));
    }

    @Test
    void whatADataCenterAcceptsIsReadAsItWasWritten() throws Exception {
        Path file = dir.resolve("data-centers.yaml");
        String reset = "events as 5L6g3nShT-eMCtK--X86sw/eKQ2LRtESzmZ1f6m8eWkVA/1";
        Settings.writeDataCenters(
                Map.of("dc1", "127.0.0.1:1", "dc2", "127.0.0.1:2"),
                Set.of(),
                Map.of(),
                Map.of("dc2", reset),
                "events",
                file);
        assertThat(DataCenters.parse(Files.readString(file), "test").all())
                .extracting(DataCenter::acceptedResets)
                .containsExactly(List.of(), List.of(AcceptedReset.parse(reset)));
    }

    @Test
    void aPipelineThatIsNoTextIsTheUsersToMend() throws Exception {
        Path given = Files.write(dir.resolve("mine.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> Settings.writePipeline(Optional.of(given), dir.resolve("pipeline.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(given.toString())
                .hasMessageContaining("is no UTF-8 text. Save it as UTF-8");
    }
}
