package io.tributary.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.DecodeResult.Event;
import io.tributary.lab.fuzz.Corpus;
import io.tributary.lab.fuzz.HostilePipeline;
import io.tributary.lab.input.ColumnRules;
import io.tributary.lab.input.Expected;
import io.tributary.lab.input.ForeignEvent;
import io.tributary.lab.input.RecordRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Thousands of hostile records, each held against the lab's own reading of the rules. */
class HostileRecordsTest {

    private static final int RECORDS = Integer.getInteger("tributary.fuzz.records", 10_000);
    private static final long SEED = Long.getLong("tributary.fuzz.seed", 1);
    private static final int EXAMPLES = 20;
    private static final int SHOWN = 500;

    private static final Instant PLANNED_AT = Instant.parse("2026-01-31T08:00:00Z");
    private static final String THROUGH = "fra";

    private final PipelineConfig config = HostilePipeline.config();
    private final RecordDecoder decoder = new RecordDecoder(DecodeRules.of(config));
    private final RecordRules rules = new RecordRules(config.event(), config.eventTime());
    private final ColumnRules columns = new ColumnRules(config);

    @Test
    void everyRecordIsDecidedAsTheRulesSay() {
        List<String> differences = new ArrayList<>();
        Corpus corpus = new Corpus(SEED, PLANNED_AT);
        for (int number = 0; number < RECORDS && differences.size() < EXAMPLES; number++) {
            Optional<byte[]> value = corpus.record(number).value();
            difference(value).ifPresent(words -> differences.add(shown(words + ": " + text(value))));
        }
        assertThat(differences).isEmpty();
    }

    private Optional<String> difference(Optional<byte[]> value) {
        DecodeResult decision = decoder.decide(value.orElse(null), THROUGH, PLANNED_AT);
        Optional<ForeignEvent> expected = value.flatMap(bytes -> rules.read(bytes, PLANNED_AT));
        if (!(decision instanceof Event event)) {
            return expected.map(one -> one + " is refused: " + decision);
        }
        if (expected.isEmpty()) {
            return Optional.of("no event is taken for " + event.id() + " of " + event.time());
        }
        if (!expected.get().id().equals(event.id())
                || Math.floorDiv(expected.get().timeMicros(), 1_000L)
                        != event.time().toEpochMilli()) {
            return Optional.of(expected.get() + " is taken for " + event.id() + " of " + event.time());
        }
        return misread(columns.columns(value.get(), THROUGH), event);
    }

    private Optional<String> misread(Map<String, Expected> expected, Event event) {
        Map<String, Object> actual = new LinkedHashMap<>();
        actual.put(Columns.EVENT_TYPE, event.type());
        actual.put(Columns.DATA_CENTER, event.dataCenter());
        List<ColumnConfig> typed = config.columns();
        for (int i = 0; i < typed.size(); i++) {
            actual.put(typed.get(i).name(), event.typed().get(i));
        }
        return expected.entrySet().stream()
                .filter(column -> !column.getValue().admits(actual.get(column.getKey())))
                .map(column ->
                        column.getKey() + " is " + actual.get(column.getKey()) + " instead of " + column.getValue())
                .findFirst();
    }

    private static String text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("no value");
    }

    /** What a terminal would not show as it is, escaped. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars()
                .limit(SHOWN)
                .forEach(c -> shown.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : (char) c));
        return text.length() <= SHOWN ? shown.toString() : shown + "... (" + text.length() + " characters)";
    }
}
