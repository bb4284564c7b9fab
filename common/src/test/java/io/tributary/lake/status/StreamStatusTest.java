package io.tributary.lake.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.AcceptedRejects;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamStatusTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00.123Z");

    @Test
    void itIsReadBackAsItWasWritten() {
        StreamStatus status = new StreamStatus(
                AT,
                Duration.ofSeconds(10),
                false,
                new TreeMap<>(Map.of(
                        "fra",
                        new DataCenterStatus(
                                false,
                                OptionalLong.of(7),
                                OptionalDouble.of(12.5),
                                new Horizon(Optional.of(AT.minusSeconds(3)), Optional.of(RetentionEnd.NEVER)),
                                Optional.empty(),
                                List.of("partition events-3 cannot be read: \"it has no leader\""),
                                Optional.of(new AcceptedRejects("events", 3, 4_711))),
                        "nyc",
                        DataCenterStatus.unreachable(
                                Horizon.UNKNOWN, AT.minusSeconds(9), "ConnectException: Connection refused"),
                        "sin",
                        DataCenterStatus.paused(
                                new Horizon(Optional.empty(), Optional.of(RetentionEnd.at(AT.plusSeconds(3_600))))))));

        status = status.withChanges(List.of(new RecordedChange(
                AT, "me", RecordedChange.Action.PAUSE, "sin", "maintenance", List.of("is paused"), Optional.empty())));

        assertThat(StreamStatus.parse(status.toText())).contains(status);
        StreamStatus ended = status.ended(AT.plusSeconds(1));
        assertThat(StreamStatus.parse(ended.toText())).contains(ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"tributary\":\"stream_sta", "{}", "7", "null"})
    void anythingElseIsNoStatus(String text) {
        assertThat(StreamStatus.parse(text)).isEmpty();
    }
}
