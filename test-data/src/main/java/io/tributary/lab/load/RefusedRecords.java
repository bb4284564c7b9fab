package io.tributary.lab.load;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Records whose event time is written as {@value #TIME_FORMAT}, which a configuration for generated events does not read. */
public final class RefusedRecords {

    /** As {@code event.time_format} writes it. */
    public static final String TIME_FORMAT = "dd.MM.yyyy HH:mm:ss.SSS";

    private static final DateTimeFormatter FORMATTER =
            DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final IdentityScope scope;
    private final String ids;
    private final Clock clock;

    /** @param ids how the ids of the records begin */
    public RefusedRecords(IdentityScope scope, String ids, Clock clock) {
        this.scope = scope;
        this.ids = ids;
        this.clock = clock;
    }

    /** Sends some through a data center, and returns when they are acknowledged. */
    public void send(Sender sender, String through, int count) {
        for (int number = 0; number < count; number++) {
            SmallEvent event = SmallEvent.now(ids + number, through, clock.instant());
            byte[] value = value(event);
            sender.sendRefused(through, value, event.sentAs(value, scope));
        }
        sender.flush();
    }

    /** The value of such a record, of an event of now. */
    public static byte[] example(Instant now) {
        return value(SmallEvent.now("example", "dc1", now));
    }

    private static byte[] value(SmallEvent event) {
        return event.value(FORMATTER.format(event.time()));
    }
}
