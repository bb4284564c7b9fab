package io.tributary.lab.chaos;

import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.Sender;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.Xxh64;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The records that an operator has to do with, beside the load: those of another time format, and the one to erase. */
final class OperatorRecords {

    /** How many are refused. */
    static final int REFUSED = 50;

    private static final DateTimeFormatter UNKNOWN_FORMAT =
            DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final FaultyWorkload workload;
    private final IdentityScope scope;
    private final long seed;
    private final Clock clock;
    private final Queue<SentRecord> wouldBe = new ConcurrentLinkedQueue<>();
    private Sender sender;
    private byte[] toErase;
    private SentEvent erased;

    OperatorRecords(FaultyWorkload workload, IdentityScope scope, long seed, Clock clock) {
        this.workload = workload;
        this.scope = scope;
        this.seed = seed;
        this.clock = clock;
    }

    /** Sends an event of now. */
    void sendOneToErase() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        sender = workload.sender(List.of("dc1", "dc2"));
        toErase = text(idToErase(), "dc1", now.toString());
        erased = event(idToErase(), "dc1", now, toErase);
        sender.sendEvent("dc1", Kind.EVENT, toErase, erased);
        sender.flush();
    }

    String idToErase() {
        return "to-erase-" + seed;
    }

    /** From now on the event has to go, and must not come back. */
    void erase() {
        workload.erase(erased.identity());
    }

    /** Sends copies of the event, through the data center that sent it and another. */
    void sendCopiesOfErased() {
        List.of("dc1", "dc2").forEach(through -> sender.sendEvent(through, Kind.DUPLICATE, toErase, erased));
        sender.flush();
    }

    /** Sends records with a time as no configuration has known it. */
    void sendRefused(String through) {
        for (int number = 0; number < REFUSED; number++) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            String id = idOfRefused() + number;
            byte[] value = text(id, through, UNKNOWN_FORMAT.format(now));
            sender.sendRefused(through, value, event(id, through, now, value), wouldBe::add);
        }
        sender.flush();
    }

    /** How the ids of those records begin. */
    String idOfRefused() {
        return "refused-" + seed + "-";
    }

    /** From now on those records are events. */
    void replayed() {
        wouldBe.forEach(workload::replayed);
    }

    private SentEvent event(String id, String dataCenter, Instant time, byte[] value) {
        Identity identity = scope.identity(dataCenter, id);
        return new SentEvent(identity, ChronoUnit.MICROS.between(Instant.EPOCH, time), Xxh64.of(value));
    }

    private static byte[] text(String id, String dataCenter, String time) {
        return ("{\"event_id\":\"" + id + "\",\"event_time\":\"" + time
                        + "\",\"event_type\":\"trade\",\"data_center\":\"" + dataCenter
                        + "\",\"symbol\":\"ACME\",\"amount\":12.50,\"quantity\":7}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
