package io.tributary.lab.load;

import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.Xxh64;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event beside a load, with an id of its own.
 *
 * @param time in whole milliseconds
 */
public record SmallEvent(String id, String dataCenter, Instant time) {

    /** An event that happens now. */
    public static SmallEvent now(String id, String dataCenter, Instant now) {
        return new SmallEvent(id, dataCenter, now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The record's value with the time in the default format. */
    public byte[] value() {
        return value(time.toString());
    }

    byte[] value(String timeText) {
        return ("{\"event_id\":\"" + id + "\",\"event_time\":\"" + timeText
                        + "\",\"event_type\":\"trade\",\"data_center\":\"" + dataCenter
                        + "\",\"symbol\":\"ACME\",\"amount\":12.50,\"quantity\":7}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What is to be seen of it if it is sent as this value. */
    public SentEvent sentAs(byte[] value, IdentityScope scope) {
        return new SentEvent(
                scope.identity(dataCenter, id), ChronoUnit.MICROS.between(Instant.EPOCH, time), Xxh64.of(value));
    }
}
