package io.tributary.runtime;

import io.tributary.error.InvalidInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * The clock of this process: the machine's, unless the system property {@value #PROPERTY} sets it ahead or back, as in
 * {@code PT-10M}. The lab uses this to test a wrong clock.
 */
public final class ProcessClock {

    public static final String PROPERTY = "tributary.clock.offset";

    private ProcessClock() {}

    /** @throws InvalidInputException if the property holds no duration */
    public static Clock ofProcess() {
        return of(System::getProperty);
    }

    /** @param properties system properties by name */
    static Clock of(Function<String, String> properties) {
        String offset = properties.apply(PROPERTY);
        if (offset == null) {
            return Clock.systemUTC();
        }
        try {
            return Clock.offset(Clock.systemUTC(), Duration.parse(offset));
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    "The system property " + PROPERTY + "=" + offset
                            + " is not a duration, so the time is unknown. Write it as PT-10M for ten minutes"
                            + " behind, or leave it out",
                    e);
        }
    }
}
