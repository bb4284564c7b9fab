package io.tributary.lab.input;

import io.tributary.config.EventConfig;
import io.tributary.config.EventConfig.OnTombstone;
import io.tributary.config.EventConfig.RegistryHeader;
import io.tributary.config.EventConfig.TimeFallback;
import io.tributary.config.EventTimeBounds;
import io.tributary.config.RecordCondition;
import io.tributary.lab.input.Json.Num;
import io.tributary.lab.input.Json.Obj;
import io.tributary.lab.input.Json.Text;
import io.tributary.lab.input.Json.Truth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is an event and what is malformed, by the written rules of the configuration. */
public final class RecordRules {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private final List<Pointer> id;
    private final Pointer time;
    private final Optional<Pointer> dataCenter;
    private final EventTimes times;
    private final EventTimeBounds bounds;
    private final TimeFallback timeFallback;
    private final boolean withoutValuePassedOver;
    private final boolean registryHeaderSkipped;
    private final List<RecordCondition> heartbeats;

    public RecordRules(EventConfig event, EventTimeBounds bounds) {
        this.id = event.id().stream().map(Pointer::parse).toList();
        this.timeFallback = event.timeFallback();
        this.withoutValuePassedOver = event.onTombstone() == OnTombstone.SKIP;
        this.registryHeaderSkipped = event.registryHeader() == RegistryHeader.SKIP;
        this.heartbeats = event.heartbeats();
        this.time = Pointer.parse(event.time());
        this.dataCenter = event.dataCenter().map(Pointer::parse);
        this.times = new EventTimes(event.timeFormats(), event.timeZone());
        this.bounds = bounds;
    }

    /**
     * The event that {@code value} is when it arrives, and is stamped by Kafka, at {@code now}; empty if it is malformed.
     */
    public Optional<ForeignEvent> read(byte[] value, Instant now) {
        return StrictJson.object(payload(value)).flatMap(object -> event(object, now));
    }

    /** Whether a rule passes over {@code value}, so that nothing may be seen of it. */
    public boolean passOver(byte[] value) {
        if (value.length == 0) {
            return withoutValuePassedOver;
        }
        return !heartbeats.isEmpty()
                && StrictJson.object(payload(value))
                        .filter(object -> heartbeats.stream().anyMatch(beat -> holds(beat, object)))
                        .isPresent();
    }

    private static boolean holds(RecordCondition condition, Obj object) {
        Optional<Json> found =
                Pointer.parse(condition.place()).in(object).filter(value -> !(value instanceof Json.Null));
        if (condition.text() == null) {
            return found.isPresent();
        }
        return found.map(value -> value instanceof Text text ? Optional.of(text.value()) : text(value))
                .flatMap(said -> said)
                .filter(condition.text()::equals)
                .isPresent();
    }

    /** What the lake must hold of {@code value}: all of it, but the header of a schema registry that is to be skipped. */
    public byte[] payload(byte[] value) {
        if (registryHeaderSkipped && value.length > 5 && value[0] == 0 && value[5] == '{') {
            return Arrays.copyOfRange(value, 5, value.length);
        }
        return registryHeaderSkipped && value.length > 18 && value[0] == 3 && value[18] == '{'
                ? Arrays.copyOfRange(value, 18, value.length)
                : value;
    }

    /** The data center that {@code value} names, if it is a JSON object and names one. */
    public Optional<String> dataCenterOf(byte[] value) {
        return dataCenter.isEmpty()
                ? Optional.empty()
                : StrictJson.object(payload(value)).flatMap(this::dataCenterOf);
    }

    private Optional<ForeignEvent> event(Obj object, Instant now) {
        Optional<String> name = identity(object);
        Optional<Json> written = time.in(object).filter(value -> !(value instanceof Json.Null));
        Optional<Long> happened = written.isEmpty() && timeFallback == TimeFallback.KAFKA
                ? Optional.of(now.toEpochMilli() * 1_000L)
                : written.flatMap(times::micros);
        Optional<Long> micros = happened.filter(time -> isCredible(time, now));
        return name.isPresent() && micros.isPresent()
                ? Optional.of(new ForeignEvent(dataCenterOf(object), name.get(), micros.get()))
                : Optional.empty();
    }

    /** One part as it is; of several, each with its own ~ and / written as ~0 and ~1, and / between them. */
    private Optional<String> identity(Obj object) {
        StringBuilder all = new StringBuilder();
        for (Pointer place : id) {
            Optional<String> part = place.in(object).flatMap(RecordRules::name);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            if (id.size() == 1) {
                return part;
            }
            all.append(all.isEmpty() && place.equals(id.get(0)) ? "" : "/");
            for (char letter : part.get().toCharArray()) {
                all.append(letter == '~' ? "~0" : letter == '/' ? "~1" : String.valueOf(letter));
            }
        }
        return Optional.of(all.toString());
    }

    private Optional<String> dataCenterOf(Obj object) {
        return dataCenter.flatMap(pointer -> pointer.in(object)).flatMap(RecordRules::text);
    }

    private boolean isCredible(long micros, Instant now) {
        Instant happened = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return !happened.isBefore(now.minus(bounds.maxAge())) && !happened.isAfter(now.plus(bounds.maxAhead()));
    }

    /** Any single value as text, if it says something. */
    private static Optional<String> text(Json value) {
        if (value instanceof Text text) {
            return Optional.of(writable(text.value())).filter(said -> !said.isBlank());
        }
        if (value instanceof Truth truth) {
            return Optional.of(Boolean.toString(truth.value()));
        }
        return value instanceof Num number ? Optional.of(decimal(number.digits())) : Optional.empty();
    }

    /** What UTF-8 cannot write, half of a surrogate pair, is U+FFFD in the lake. */
    private static String writable(String text) {
        return text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A number as decimal arithmetic writes it; as it stands where it is beyond that. */
    private static String decimal(String digits) {
        try {
            return new BigDecimal(digits).toString();
        } catch (NumberFormatException e) {
            return digits;
        }
    }

    /** Text that says something and that UTF-8 can write, or a whole number's digits. */
    private static Optional<String> name(Json value) {
        if (value instanceof Text text) {
            return Optional.of(text.value())
                    .filter(name -> !name.isBlank())
                    .filter(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name));
        }
        if (value instanceof Num number && WHOLE.matcher(number.digits()).matches()) {
            return Optional.of(new BigInteger(number.digits()).toString());
        }
        return Optional.empty();
    }
}
