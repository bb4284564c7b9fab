package io.tributary.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.DecodeResult.Reason;
import io.tributary.ingest.decode.DecodeResult.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whether a record is an event. It is a pure function: the same bytes, from the same data center and with the
 * same planning time, always give the same result. So a repeated batch gives the same rows.
 */
public final class RecordDecoder {

    /** Keeps numbers as written. */
    private static final ObjectReader VALUE = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    /** What a malformed byte becomes, and what may also have been sent. */
    private static final char REPLACEMENT = '\uFFFD';

    private record TypedColumn(JsonPointer pointer, ValueReader reader) {}

    private final DecodeRules rules;
    private final JsonPointer id;
    private final JsonPointer time;
    private final JsonPointer type;
    private final Optional<JsonPointer> dataCenter;
    private final TimeReader times;
    private final List<TypedColumn> columns;
    private final JsonProjection projection;

    /** The decoder of a pipeline. */
    public static RecordDecoder of(PipelineConfig config) {
        return new RecordDecoder(DecodeRules.of(config));
    }

    RecordDecoder(DecodeRules rules) {
        this.rules = rules;
        this.id = JsonPointer.compile(rules.id());
        this.time = JsonPointer.compile(rules.time());
        this.type = JsonPointer.compile(rules.type());
        this.dataCenter = Optional.ofNullable(rules.dataCenter()).map(JsonPointer::compile);
        this.times = new TimeReader(rules.timeFormats(), rules.zone());
        this.columns = rules.columns().stream()
                .map(column -> new TypedColumn(
                        JsonPointer.compile(column.from()),
                        new ValueReader(column.type(), TimeReader.ofColumn(column, rules.timeFormats(), rules.zone()))))
                .toList();
        this.projection = new JsonProjection(pointers(), VALUE);
    }

    private List<JsonPointer> pointers() {
        List<JsonPointer> pointers = new ArrayList<>(List.of(id, time, type));
        dataCenter.ifPresent(pointers::add);
        columns.forEach(column -> pointers.add(column.pointer()));
        return pointers;
    }

    /**
     * Never fails: what cannot be decoded is rejected.
     *
     * @param value the record's bytes; null if it has none
     * @param cluster the data center that delivered it
     * @param plannedAt when its batch was planned
     */
    public DecodeResult decide(byte[] value, String cluster, Instant plannedAt) {
        return guarded(() -> read(value, cluster, plannedAt));
    }

    /** A defect in decoding, or a record of more parts than memory holds, affects only its record, not the batch. */
    static DecodeResult guarded(Supplier<DecodeResult> reading) {
        try {
            return reading.get();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // The exception's message may hold parts of the record, so only the place is reported.
            StackTraceElement[] trace = e.getStackTrace();
            return new Rejected(
                    Reason.UNDECODABLE,
                    e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0])
                            + " while the record was read; report it with the record");
        }
    }

    private DecodeResult read(byte[] value, String cluster, Instant plannedAt) {
        if (value == null || value.length == 0) {
            return new Rejected(Reason.EMPTY, "the record has no value");
        }
        String payload = new String(value, StandardCharsets.UTF_8);
        if (payload.indexOf(REPLACEMENT) >= 0 && !isUtf8(value)) {
            return new Rejected(Reason.NOT_UTF8, "the bytes are not UTF-8 text");
        }
        Optional<JsonNode> projected = projected(value);
        return projected.isPresent()
                ? decide(projected.get(), payload, cluster, plannedAt)
                : readText(payload, cluster, plannedAt);
    }

    private static boolean isUtf8(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** What is configured of the record; empty if it is not surely an object and nothing else. */
    private Optional<JsonNode> projected(byte[] value) {
        if (value[0] != '{' || looksWide(value)) {
            return Optional.empty();
        }
        try (JsonParser parser = new OverflowingNumberParser(VALUE.createParser(value))) {
            parser.nextToken();
            JsonNode root = projection.read(parser);
            return parser.nextToken() == null ? Optional.of(root) : Optional.empty();
        } catch (JsonProcessingException e) {
            // Read as text, it gives the reason and the place in characters.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot be read", e);
        }
    }

    /** From a zero among the first bytes the parser would conclude that they are UTF-16 or UTF-32. */
    private static boolean looksWide(byte[] value) {
        for (int i = 1; i < Math.min(value.length, 4); i++) {
            if (value[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private DecodeResult readText(String payload, String cluster, Instant plannedAt) {
        Optional<JsonNode> root = Optional.empty();
        try (JsonParser parser = new OverflowingNumberParser(VALUE.createParser(payload))) {
            if (parser.nextToken() == null) {
                return new Rejected(Reason.EMPTY, "the record is blank");
            }
            if (parser.hasToken(JsonToken.START_OBJECT)) {
                root = Optional.of(projection.read(parser));
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                return new Rejected(Reason.NOT_JSON, "the record is more than one JSON value");
            }
        } catch (JsonProcessingException e) {
            return new Rejected(Reason.NOT_JSON, e.getOriginalMessage() + place(e));
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read", e);
        }
        return root.map(object -> decide(object, payload, cluster, plannedAt))
                .orElseGet(() -> new Rejected(Reason.NOT_AN_OBJECT, "the record is JSON but not an object"));
    }

    private DecodeResult decide(JsonNode root, String payload, String cluster, Instant plannedAt) {
        JsonNode idNode = root.at(id);
        if (absent(idNode)) {
            return new Rejected(Reason.MISSING_ID, "nothing, or null, at " + rules.id());
        }
        // Replacing half a surrogate pair could make two different ids equal.
        boolean usable = idNode.isIntegralNumber()
                || (idNode.isTextual() && !idNode.textValue().isBlank() && SurrogateRepair.is(idNode.textValue()));
        if (!usable) {
            return new Rejected(
                    Reason.INVALID_ID, "the value at " + rules.id() + " is neither readable text nor a whole number");
        }
        String eventId = idNode.asText();
        String named = dataCenter.map(pointer -> text(root.at(pointer))).orElse(cluster);
        JsonNode timeNode = root.at(time);
        if (absent(timeNode)) {
            return new Rejected(
                    Reason.MISSING_EVENT_TIME,
                    "nothing, or null, at " + rules.time(),
                    eventId,
                    SurrogateRepair.of(named));
        }
        Optional<Instant> happened = times.read(timeNode);
        if (happened.isEmpty()) {
            return new Rejected(
                    Reason.INVALID_EVENT_TIME,
                    "the value at " + rules.time() + " is not a time in the configured format",
                    eventId,
                    SurrogateRepair.of(named));
        }
        if (happened.get().isBefore(plannedAt.minus(rules.maxAge()))
                || happened.get().isAfter(plannedAt.plus(rules.maxAhead()))) {
            return new Rejected(
                    Reason.EVENT_TIME_OUT_OF_RANGE,
                    happened.get() + " is older than event_time.max_age or further ahead than event_time.max_ahead",
                    eventId,
                    SurrogateRepair.of(named));
        }
        return event(root, eventId, happened.get(), payload, named);
    }

    private DecodeResult event(JsonNode root, String eventId, Instant happened, String payload, String named) {
        Object[] typed = new Object[columns.size()];
        int castFailures = 0;
        for (int i = 0; i < typed.length; i++) {
            JsonNode node = root.at(columns.get(i).pointer());
            if (!absent(node)) {
                Optional<Object> read = columns.get(i).reader().read(node);
                typed[i] = read.map(RecordDecoder::wellFormed).orElse(null);
                castFailures += read.isPresent() && read.get() == typed[i] ? 0 : 1;
            }
        }
        String kind = text(root.at(type));
        castFailures += SurrogateRepair.is(kind) ? 0 : 1;
        castFailures += SurrogateRepair.is(named) ? 0 : 1;
        return new DecodeResult.Event(
                eventId,
                happened,
                SurrogateRepair.of(kind),
                SurrogateRepair.of(named),
                new ArrayList<>(Arrays.asList(typed)),
                payload,
                castFailures);
    }

    private static Object wellFormed(Object value) {
        return value instanceof String text ? SurrogateRepair.of(text) : value;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String text(JsonNode node) {
        return absent(node) || !node.isValueNode() || node.asText().isBlank() ? null : node.asText();
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (at character " + e.getLocation().getCharOffset() + ")";
    }
}
