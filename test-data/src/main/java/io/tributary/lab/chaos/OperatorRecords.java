package io.tributary.lab.chaos;

import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.RefusedRecords;
import io.tributary.lab.load.Sender;
import io.tributary.lab.load.SmallEvent;
import io.tributary.lab.truth.SentRecord.Kind;
import java.time.Clock;
import java.util.List;

/** The records that an operator has to do with, beside the load: those of another time format, and the one to erase. */
final class OperatorRecords {

    /** How many are refused. */
    static final int REFUSED = 50;

    private final FaultyWorkload workload;
    private final IdentityScope scope;
    private final long seed;
    private final Clock clock;
    private Sender sender;
    private SmallEvent toErase;

    OperatorRecords(FaultyWorkload workload, IdentityScope scope, long seed, Clock clock) {
        this.workload = workload;
        this.scope = scope;
        this.seed = seed;
        this.clock = clock;
    }

    /** Sends an event of now. */
    void sendOneToErase() {
        sender = workload.sender(List.of("dc1", "dc2"));
        toErase = SmallEvent.now(idToErase(), "dc1", clock.instant());
        send("dc1", Kind.EVENT);
        sender.flush();
    }

    String idToErase() {
        return "to-erase-" + seed;
    }

    /** Sends copies of the event, through the data center that sent it and another. */
    void sendCopiesOfErased() {
        List.of("dc1", "dc2").forEach(through -> send(through, Kind.DUPLICATE));
        sender.flush();
    }

    private void send(String through, Kind kind) {
        byte[] value = toErase.value();
        sender.sendEvent(through, kind, value, toErase.sentAs(value, scope));
    }

    /** Sends records with a time as no configuration has known it. */
    void sendRefused(String through) {
        new RefusedRecords(scope, idOfRefused(), clock).send(sender, through, REFUSED);
    }

    /** How the ids of those records begin. */
    String idOfRefused() {
        return "refused-" + seed + "-";
    }
}
