package io.tributary.lab.input;

import io.tributary.config.EventConfig;
import io.tributary.config.EventTimeBounds;
import io.tributary.lab.input.Json.Num;
import io.tributary.lab.input.Json.Obj;
import io.tributary.lab.input.Json.Text;
import io.tributary.lab.input.Json.Truth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is an event and what is malformed, by the written rules of the configuration. */
public final class RecordRules {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private final Pointer id;
    private final Pointer time;
    private final Optional<Pointer> dataCenter;
    private final EventTimes times;
    private final EventTimeBounds bounds;

    public RecordRules(EventConfig event, EventTimeBounds bounds) {
        this.id = Pointer.parse(event.id());
        this.time = Pointer.parse(event.time());
        this.dataCenter = event.dataCenter().map(Pointer::parse);
        this.times = new EventTimes(event.timeFormats(), event.timeZone());
        this.bounds = bounds;
    }

    /** The event that {@code value} is when it arrives at {@code now}; empty if it is malformed. */
    public Optional<ForeignEvent> read(byte[] value, Instant now) {
        return StrictJson.object(value).flatMap(object -> event(object, now));
    }

    /** The data center that {@code value} names, if it is a JSON object and names one. */
    public Optional<String> dataCenterOf(byte[] value) {
        return dataCenter.isEmpty()
                ? Optional.empty()
                : StrictJson.object(value).flatMap(this::dataCenterOf);
    }

    private Optional<ForeignEvent> event(Obj object, Instant now) {
        Optional<String> name = id.in(object).flatMap(RecordRules::name);
        Optional<Long> micros = time.in(object).flatMap(times::micros).filter(happened -> isCredible(happened, now));
        return name.isPresent() && micros.isPresent()
                ? Optional.of(new ForeignEvent(dataCenterOf(object), name.get(), micros.get()))
                : Optional.empty();
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
