package io.tributary.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.config.DataCenter;
import io.tributary.config.EventConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.DecodeResult.Reason;
import io.tributary.ingest.decode.DecodeResult.Rejected;
import io.tributary.ingest.decode.DecodeResult.WithoutEvent;
import io.tributary.ingest.format.Converted;
import io.tributary.ingest.format.RegistryUnavailableException;
import io.tributary.ingest.format.ValueFormat;
import io.tributary.ingest.read.RecordContent;
import io.tributary.values.JsonProjection;
import io.tributary.values.JsonText;
import io.tributary.values.OverflowingNumberParser;
import io.tributary.values.SurrogateRepair;
import io.tributary.values.TimeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides whether a record is an event. It is a pure function: the same bytes, from the same data center and with the
 * same planning time, always give the same result. So a repeated batch gives the same rows.
 */
public final class RecordDecoder {

    private static final ObjectReader VALUE = JsonProjection.AS_WRITTEN;

    private final DecodeRules rules;
    private final ValueFormat format;
    private final RecordKeys keys;
    private final boolean readsKeys;
    private final EventId id;
    private final Heartbeats heartbeats;
    private final Place time;
    private final Place type;
    private final Optional<Place> dataCenter;
    private final TimeReader times;
    private final TypedColumns columns;
    private final JsonProjection projection;
    private final JsonProjection keyProjection;

    /** The decoder of a pipeline. */
    public static RecordDecoder of(PipelineConfig config) {
        return new RecordDecoder(DecodeRules.of(config));
    }

    /** The decoder of a pipeline for a topic of a data center. */
    public static RecordDecoder of(PipelineConfig config, DataCenter center, String topic) {
        return new RecordDecoder(DecodeRules.of(config).with(center.event(), topic));
    }

    RecordDecoder(DecodeRules rules) {
        this.rules = rules;
        this.format = ValueFormat.of(rules.format());
        this.keys = new RecordKeys(rules, format);
        this.id = EventId.at(rules.id());
        this.heartbeats = Heartbeats.where(rules.heartbeats());
        this.time = Place.of(rules.time());
        this.type = Place.of(rules.type());
        this.dataCenter = Optional.ofNullable(rules.dataCenter()).map(Place::of);
        this.times = new TimeReader(rules.timeFormats(), rules.zone());
        this.columns = TypedColumns.of(rules);
        this.readsKeys = places().stream().anyMatch(Place::isOfKey);
        this.projection = new JsonProjection(pointers(Place::inValue), VALUE);
        this.keyProjection = new JsonProjection(pointers(Place::inKey), VALUE);
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>(id.places());
        places.addAll(heartbeats.places());
        places.add(time);
        places.add(type);
        dataCenter.ifPresent(places::add);
        places.addAll(columns.places());
        return places;
    }

    private List<JsonPointer> pointers(Function<Place, Optional<JsonPointer>> in) {
        return places().stream().map(in).flatMap(Optional::stream).toList();
    }

    /**
     * What cannot be decoded is rejected.
     *
     * @param value the record's bytes; null if it has none
     * @param cluster the data center that delivered it
     * @param plannedAt when its batch was planned
     * @throws RegistryUnavailableException if the registry of the data center does not say what its schema is
     */
    public DecodeResult decide(byte[] value, String cluster, Instant plannedAt) {
        return decide(RecordContent.ofValue(value), new Delivery(cluster, null, plannedAt));
    }

    /** Likewise of a record with its key, headers and timestamp. */
    public DecodeResult decide(RecordContent record, Delivery delivery) {
        return guarded(() -> read(record, delivery));
    }

    /** A defect in decoding, or a record of more parts than memory holds, affects only its record, not the batch. */
    static DecodeResult guarded(Supplier<DecodeResult> reading) {
        try {
            return reading.get();
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // The exception's message may hold parts of the record, so only the place is reported.
            StackTraceElement[] trace = e.getStackTrace();
            return new Rejected(
                    Reason.UNDECODABLE,
                    e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0])
                            + " while the record was read; report it with the record");
        }
    }

    private DecodeResult read(RecordContent record, Delivery delivery) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return rules.onTombstone() == EventConfig.OnTombstone.SKIP
                    ? new WithoutEvent()
                    : new Rejected(Reason.EMPTY, "the record has no value");
        }
        Converted converted = format.convert(value, delivery.dataCenter());
        if (converted instanceof Converted.Unreadable unreadable) {
            return new Rejected(Reason.valueOf(unreadable.why().name()), unreadable.detail());
        }
        return readJson(((Converted.Json) converted).bytes(), record, delivery);
    }

    private DecodeResult readJson(byte[] value, RecordContent record, Delivery delivery) {
        int header = value.length == 0 ? 0 : JsonText.registryHeader(value);
        if (header > 0 && rules.registryHeader() == EventConfig.RegistryHeader.QUARANTINE) {
            return new Rejected(
                    Reason.REGISTRY_HEADER,
                    "the JSON stands behind the " + header
                            + " bytes that a schema registry's client writes; to read it, set"
                            + " event.registry_header to skip, or event.format to json_schema");
        }
        Optional<JsonText> text = JsonText.of(header == 0 ? value : Arrays.copyOfRange(value, header, value.length));
        if (text.isEmpty()) {
            return new Rejected(Reason.NOT_UTF8, "the bytes are not UTF-8 text");
        }
        Optional<JsonNode> projected = projected(text.get(), projection);
        return projected.isPresent()
                ? decide(parts(projected.get(), record, delivery), text.get().text(), delivery)
                : readText(text.get(), record, delivery);
    }

    private RecordParts parts(JsonNode value, RecordContent record, Delivery delivery) {
        return new RecordParts(
                value,
                readsKeys ? keys.plain(record, delivery.dataCenter()) : record,
                key -> key.length == 0
                        ? MissingNode.getInstance()
                        : JsonText.of(key)
                                .flatMap(text -> projected(text, keyProjection))
                                .orElse(MissingNode.getInstance()));
    }

    /** What is configured of the text; empty if it is not surely an object and nothing else. */
    private static Optional<JsonNode> projected(JsonText text, JsonProjection projection) {
        if (!text.isPlainObject()) {
            return Optional.empty();
        }
        try (JsonParser parser = new OverflowingNumberParser(
                VALUE.createParser(text.bytes().array(), text.from(), text.until() - text.from()))) {
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

    private DecodeResult readText(JsonText text, RecordContent record, Delivery delivery) {
        Optional<JsonNode> root = Optional.empty();
        try (JsonParser parser = new OverflowingNumberParser(VALUE.createParser(text.json()))) {
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
        return root.map(object -> decide(parts(object, record, delivery), text.text(), delivery))
                .orElseGet(() -> new Rejected(Reason.NOT_AN_OBJECT, "the record is JSON but not an object"));
    }

    private DecodeResult decide(RecordParts record, String payload, Delivery delivery) {
        if (heartbeats.include(record)) {
            return new WithoutEvent();
        }
        EventId.Reading read = id.in(record);
        if (read instanceof EventId.Unread unread) {
            return new Rejected(unread.reason(), unread.detail());
        }
        String eventId = ((EventId.Read) read).id();
        String named = dataCenter.map(place -> text(place.in(record))).orElse(delivery.dataCenter());
        JsonNode timeNode = time.in(record);
        boolean isByKafka = absent(timeNode)
                && rules.timeFallback() == EventConfig.TimeFallback.KAFKA
                && delivery.timestamp() != null;
        if (absent(timeNode) && !isByKafka) {
            return new Rejected(
                    Reason.MISSING_EVENT_TIME,
                    "nothing, or null, at " + rules.time(),
                    eventId,
                    SurrogateRepair.of(named));
        }
        Optional<Instant> happened = isByKafka ? Optional.of(delivery.timestamp()) : times.read(timeNode);
        if (happened.isEmpty()) {
            return new Rejected(
                    Reason.INVALID_EVENT_TIME,
                    "the value at " + rules.time() + " is not a time in the configured format",
                    eventId,
                    SurrogateRepair.of(named));
        }
        if (happened.get().isBefore(delivery.plannedAt().minus(rules.maxAge()))
                || happened.get().isAfter(delivery.plannedAt().plus(rules.maxAhead()))) {
            return new Rejected(
                    Reason.EVENT_TIME_OUT_OF_RANGE,
                    happened.get() + " is older than event_time.max_age or further ahead than event_time.max_ahead",
                    eventId,
                    SurrogateRepair.of(named));
        }
        return event(record, eventId, happened.get(), payload, named);
    }

    private DecodeResult event(RecordParts record, String eventId, Instant happened, String payload, String named) {
        TypedColumns.Values typed = columns.in(record);
        int castFailures = typed.castFailures();
        String kind = text(type.in(record));
        castFailures += SurrogateRepair.is(kind) ? 0 : 1;
        castFailures += SurrogateRepair.is(named) ? 0 : 1;
        return new DecodeResult.Event(
                eventId,
                happened,
                SurrogateRepair.of(kind),
                SurrogateRepair.of(named),
                typed.values(),
                payload,
                castFailures);
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String text(JsonNode node) {
        return absent(node)
                        || RecordParts.isUnreadable(node)
                        || !node.isValueNode()
                        || node.asText().isBlank()
                ? null
                : node.asText();
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (at character " + e.getLocation().getCharOffset() + ")";
    }
}
