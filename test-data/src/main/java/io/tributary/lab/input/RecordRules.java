package io.tributary.lab.input;

import io.tributary.config.EventConfig;
import io.tributary.config.EventTimeBounds;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is an event and what is malformed, by the written rules of the configuration. */
public final class RecordRules {

    private final Pointer id;
    private final Pointer time;
    private final Optional<Pointer> dataCenter;
    private final EventTimes times;
    private final EventTimeBounds bounds;

    public RecordRules(EventConfig event, EventTimeBounds bounds) {
        this.id = Pointer.parse(event.id());
        this.time = Pointer.parse(event.time());
        this.dataCenter = event.dataCenter().map(Pointer::parse);
        this.times = new EventTimes(event.timePattern(), event.timeZone());
        this.bounds = bounds;
    }

    /** The event that {@code value} is when it arrives at {@code now}; empty if it is malformed. */
    public Optional<ForeignEvent> read(byte[] value, Instant now) {
        return StrictJson.object(value).flatMap(object -> event(object, now));
    }

    /** The data centre that {@code value} names, if it is a JSON object and names one. */
    public Optional<String> dataCenterOf(byte[] value) {
        return dataCenter.isEmpty()
                ? Optional.empty()
                : StrictJson.object(value).flatMap(this::dataCenterOf);
    }

    private Optional<ForeignEvent> event(JsonObject object, Instant now) {
        Optional<String> name = id.in(object).flatMap(RecordRules::name);
        Optional<Long> micros = time.in(object).flatMap(times::micros).filter(happened -> isCredible(happened, now));
        return name.isPresent() && micros.isPresent()
                ? Optional.of(new ForeignEvent(dataCenterOf(object), name.get(), micros.get()))
                : Optional.empty();
    }

    private Optional<String> dataCenterOf(JsonObject object) {
        return dataCenter.flatMap(pointer -> pointer.in(object)).flatMap(RecordRules::text);
    }

    private boolean isCredible(long micros, Instant now) {
        Instant happened = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return !happened.isBefore(now.minus(bounds.maxAge())) && !happened.isAfter(now.plus(bounds.maxAhead()));
    }

    /** Any single value as text, if it says something. */
    private static Optional<String> text(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> Optional.of(((JsonString) value).getString()).filter(text -> !text.isBlank());
            case NUMBER, TRUE, FALSE -> Optional.of(value.toString());
            case NULL, ARRAY, OBJECT -> Optional.empty();
        };
    }

    /** Text that says something, or a whole number's digits. */
    private static Optional<String> name(JsonValue value) {
        if (value instanceof JsonString text) {
            return Optional.of(text.getString()).filter(name -> !name.isBlank());
        }
        if (value instanceof JsonNumber number && number.isIntegral()) {
            return Optional.of(number.bigIntegerValueExact().toString());
        }
        return Optional.empty();
    }
}
