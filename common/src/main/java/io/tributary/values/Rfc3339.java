package io.tributary.values;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the spellings of ISO-8601 and RFC 3339 that {@link IsoTime} leaves: small letters, a comma before the fraction,
 * an offset in its various lengths and with a space before it, {@code UTC} for an offset or behind an offset of zero,
 * and a zone's name in brackets behind an offset, which says nothing that the offset does not say.
 */
final class Rfc3339 {

    private static final Pattern SHAPE = Pattern.compile("(?<date>[+-]?[0-9]{4,9}-[0-9]{2}-[0-9]{2})"
            + "(?:[Tt ](?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
            + "(?: ?(?<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)(?<zone>\\[[A-Za-z][A-Za-z0-9_+/-]{0,63}])?)?"
            + "(?<utc> UTC)?)?");

    private static final Pattern ZERO = Pattern.compile("[Zz]|[+-]00(?::?00)?");

    private static final DateTimeFormatter FORMATTER = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Rfc3339() {}

    /**
     * What the text says; empty if it has another form.
     *
     * @throws java.time.DateTimeException if it names no day, time or offset that there is
     */
    static Optional<TemporalAccessor> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        String offset = shape.group("offset");
        boolean isUtc = shape.group("utc") != null;
        if (isUtc
                && offset != null
                && (shape.group("zone") != null || !ZERO.matcher(offset).matches())) {
            return Optional.empty();
        }
        String time = shape.group("time");
        StringBuilder plain = new StringBuilder(shape.group("date"));
        if (time != null) {
            plain.append('T').append(time.replace(',', '.'));
            plain.append(offset != null ? offset.replace('z', 'Z') : isUtc ? "Z" : "");
        }
        return Optional.of(FORMATTER.parse(plain));
    }
}
