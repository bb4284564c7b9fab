package io.tributary.lab.load;

import static io.tributary.lab.load.Loads.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.input.ForeignEvent;
import io.tributary.lab.input.RecordRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTextsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    private final EventTexts events = new EventTexts(load().spec());
    private final RecordRules rules = rules("event: {data_center: /data_center}");

    @Test
    void everyTextIsAnEventWithItsIdTimeAndOrigin() {
        for (long event = 0; event < 2_000; event++) {
            Optional<ForeignEvent> read = rules.read(events.text(event, NOW.toEpochMilli()), NOW);
            assertThat(read)
                    .contains(new ForeignEvent(
                            Optional.of("dc" + (events.origin(event) + 1)),
                            events.id(event),
                            NOW.toEpochMilli() * 1_000));
        }
    }

    @Test
    void aTextIsTheSameEachTime() {
        EventTexts again = new EventTexts(load().spec());
        for (long event = 0; event < 200; event++) {
            assertThat(again.text(event, 5)).isEqualTo(events.text(event, 5));
        }
    }

    @Test
    void idsDifferWithinARunAndBetweenRuns() {
        EventTexts nextRun = new EventTexts(load().run(2).spec());
        Set<String> ids = new HashSet<>();
        for (long event = -1_000; event < 1_000; event++) {
            assertThat(ids.add(events.id(event))).isTrue();
            assertThat(ids.add(nextRun.id(event))).isTrue();
        }
    }

    @Test
    void someEventsAreMinutesToWeeksOld() {
        List<Long> ages = LongStream.range(0, 20_000)
                .mapToObj(events::backdatedByMillis)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList();
        assertThat(ages).hasSizeBetween(800, 1_200);
        assertThat(ages).allMatch(age -> age >= Duration.ofMinutes(2).toMillis());
        assertThat(ages).anyMatch(age -> age < Duration.ofMinutes(10).toMillis());
        assertThat(ages).anyMatch(age -> age > Duration.ofDays(21).toMillis());
    }

    @ParameterizedTest
    @EnumSource(Malformation.class)
    void noMalformedRecordIsAnEvent(Malformation how) {
        for (long salt = 0; salt < 300; salt++) {
            Optional<byte[]> value = how.text(events, salt, salt, NOW.toEpochMilli());
            assertThat(value.flatMap(text -> rules.read(text, NOW))).isEmpty();
        }
    }

    @Test
    void aRecordThatIsCutOffHoldsTheIdInItsFirstHalf() {
        for (long salt = 0; salt < 100; salt++) {
            byte[] value = Malformation.CUT_OFF
                    .text(events, 7, salt, NOW.toEpochMilli())
                    .orElseThrow();
            assertThat(new String(value, StandardCharsets.UTF_8)).startsWith("{\"event_id\":\"" + events.id(7) + "\"");
        }
    }

    private static RecordRules rules(String yaml) {
        PipelineConfig config = PipelineConfig.parse(yaml, "test");
        return new RecordRules(config.event(), config.eventTime());
    }
}
