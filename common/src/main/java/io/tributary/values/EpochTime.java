package io.tributary.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a time that is counted from 1970, truncated to milliseconds.
 *
 * @param finerThanMillis how many powers of ten the unit is finer than a millisecond: 3 for microseconds, -3 for seconds
 */
record EpochTime(int finerThanMillis) {

    static final EpochTime SECONDS = new EpochTime(-3);
    static final EpochTime MILLIS = new EpochTime(0);
    static final EpochTime MICROS = new EpochTime(3);
    static final EpochTime NANOS = new EpochTime(6);

    /** Milliseconds beyond this are no valid time, and arithmetic on such numbers could take unlimited time. */
    private static final int MAX_MILLIS_DIGITS = 15;

    private static final int MAX_DECIMALS = 15;

    /** Seconds of so many digits reach from 1653 to 5138, and milliseconds of more begin in 1973. */
    private static final int MAX_SECONDS_DIGITS = 11;

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,21}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,21}(?:\\.[0-9]{1,15})?");

    /** The unit in which a number is a time of our age: seconds up to 11 digits, then milliseconds up to 14, … */
    static EpochTime ofMagnitude(BigDecimal number) {
        long digits = wholeDigits(number);
        if (digits <= MAX_SECONDS_DIGITS) {
            return SECONDS;
        }
        if (digits <= MAX_SECONDS_DIGITS + 3) {
            return MILLIS;
        }
        return digits <= MAX_SECONDS_DIGITS + 6 ? MICROS : NANOS;
    }

    /** Whether as milliseconds it is a time of 1966 to 1973, and so most probably of another unit, or no time. */
    static boolean isShort(BigDecimal number) {
        return number.signum() == 0 || wholeDigits(number) <= MAX_SECONDS_DIGITS;
    }

    /** The number that a text of digits stands for; empty if it is something else. */
    static Optional<BigDecimal> whole(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** The number that a text of digits, perhaps with decimals, stands for; empty if it is something else. */
    static Optional<BigDecimal> decimal(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    Optional<Instant> read(BigDecimal number) {
        if (number.signum() == 0) {
            return Optional.of(Instant.EPOCH);
        }
        if (wholeDigits(number) > MAX_MILLIS_DIGITS + finerThanMillis || number.scale() > MAX_DECIMALS) {
            return Optional.empty();
        }
        BigDecimal millis = number.scaleByPowerOfTen(-finerThanMillis).setScale(0, RoundingMode.FLOOR);
        return Optional.of(Instant.ofEpochMilli(millis.longValue()));
    }

    private static long wholeDigits(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }
}
