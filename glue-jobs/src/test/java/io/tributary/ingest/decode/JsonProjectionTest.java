package io.tributary.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.DecodeResult.Event;
import io.tributary.ingest.decode.DecodeResult.Rejected;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record is decided as it is when its whole tree is read, which a space before the object brings about, whatever its
 * bytes.
 */
class JsonProjectionTest {

    private static final Instant PLANNED_AT = Instant.parse("2026-01-31T08:00:00Z");
    private static final RecordDecoder DECODER = RecordDecoder.of(PipelineConfig.parse("""
            event: {id: /id, time: /at/0, type: /a/b, data_center: /a/dc}
            columns:
              - {name: amount, type: "decimal(10,2)", from: /a/amount}
              - {name: deep, type: string, from: /a}
              - {name: second, type: string, from: /list/1}
              - {name: inner, type: long, from: /list/1/n}
              - {name: flag, type: boolean, from: /0}
              - {name: seen, type: timestamp, from: /at/1}
            """, "test"));

    private static final List<String> NAMES = List.of("id", "at", "a", "b", "dc", "amount", "list", "n", "0", "x", "");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-7",
            "1.50",
            "1e3",
            "1e-4424126841",
            "12345678901234567890123",
            "\"a1\"",
            "\"\"",
            "\" \"",
            "\"2026-01-31T07:59:58.1239Z\"",
            "\"2026-01-31\"",
            "1769846398000",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00 Z\\u00fcrich\"",
            "\"\u00e4\uD83D\uDE00\"",
            "\"true\"",
            "NaN",
            "01",
            "\"\t\"");

    private record Generator(Random random) {

        String record() {
            StringBuilder text = new StringBuilder("{");
            if (random.nextInt(4) > 0) {
                text.append("\"id\":\"a")
                        .append(random.nextInt(9))
                        .append("\",\"at\":[\"2026-01-31T07:59:58Z\",")
                        .append(scalar())
                        .append("]");
                if (random.nextBoolean()) {
                    text.append(',');
                    properties(text, 3);
                }
            } else {
                properties(text, 3);
            }
            return text.append('}').toString();
        }

        private void properties(StringBuilder text, int depth) {
            int count = random.nextInt(5);
            for (int i = 0; i < count; i++) {
                text.append(i == 0 ? "" : ",").append(space());
                text.append('"').append(NAMES.get(random.nextInt(NAMES.size()))).append("\":");
                value(text, depth);
            }
        }

        private void value(StringBuilder text, int depth) {
            int kind = depth == 0 ? 9 : random.nextInt(10);
            if (kind < 2) {
                text.append('{');
                properties(text, depth - 1);
                text.append('}');
            } else if (kind < 4) {
                text.append('[');
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    text.append(i == 0 ? "" : ",");
                    value(text, depth - 1);
                }
                text.append(']');
            } else {
                text.append(scalar());
            }
            text.append(space());
        }

        private String scalar() {
            // The last ones are not JSON.
            return SCALARS.get(random.nextInt(random.nextInt(20) == 0 ? SCALARS.size() : SCALARS.size() - 3));
        }

        private String space() {
            return random.nextInt(12) == 0 ? "\n " : "";
        }

        /** Mostly as it is; else with a byte changed, cut off, or followed by something. */
        byte[] damaged(byte[] record) {
            byte[] bytes = record.clone();
            switch (random.nextInt(8)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                case 1 -> bytes[random.nextInt(bytes.length)] = 0;
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 3 ->
                    bytes = join(
                            bytes, List.of(" ", "}", "{}", ",", "\u0000", "1").get(random.nextInt(6)));
                default -> {}
            }
            return bytes;
        }

        private static byte[] join(byte[] record, String more) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(record);
            joined.writeBytes(more.getBytes(StandardCharsets.UTF_8));
            return joined.toByteArray();
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsReadInOnePassIsWhatTheWholeTreeHolds(long seed) {
        Generator generator = new Generator(new Random(seed));
        int events = 0;
        for (int i = 0; i < 4000; i++) {
            byte[] record = generator.damaged(generator.record().getBytes(StandardCharsets.UTF_8));
            String decided = decide(record);
            assertThat(decided)
                    .as(() -> new String(record, StandardCharsets.UTF_8))
                    .isEqualTo(decideWhole(record));
            events += decided.startsWith("event") ? 1 : 0;
        }
        assertThat(events).isBetween(1000, 3500);
    }

    @Test
    void whatLooksLikeAWiderEncodingIsNot() {
        byte[] wide = "{\"id\":\"a\",\"at\":[\"2026-01-31\"]}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(decide(wide)).isEqualTo("NOT_JSON").isEqualTo(decideWhole(wide));
    }

    private static String decide(byte[] record) {
        return words(DECODER.decide(record, "fra", PLANNED_AT));
    }

    private static String decideWhole(byte[] record) {
        byte[] after = new byte[record.length + 1];
        after[0] = ' ';
        System.arraycopy(record, 0, after, 1, record.length);
        return words(DECODER.decide(record.length == 0 ? record : after, "fra", PLANNED_AT));
    }

    /** Without the payload and the detail, which tell of the space. */
    private static String words(DecodeResult result) {
        if (result instanceof Rejected rejected) {
            return rejected.reason().name();
        }
        Event event = (Event) result;
        return "event " + event.id() + " " + event.time() + " " + event.type() + " " + event.dataCenter() + " "
                + event.typed() + " " + event.castFailures();
    }
}
