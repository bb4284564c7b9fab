package io.tributary.lab.run;

import io.tributary.lab.evaluate.Exempt;
import io.tributary.lab.evaluate.GroundTruth;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.SentRecord;
import io.tributary.offsets.ReadProgress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be seen of everything that was sent, after all that operators have ordered: this one place knows that
 * records of a data center that is not read, of a topic that was given up, and of an erasure are not, and that refused
 * records are once they were replayed.
 */
final class WantedRecords {

    private final AbandonedTopics abandoned;
    private final Orders orders;
    private final ReadProgress read;
    private final GroundTruth truth;
    private final Set<Fingerprint> erased = new HashSet<>();
    private long lost;
    private long unread;

    /**
     * @param read how far the stream has read
     * @param truth takes what is to be seen
     */
    WantedRecords(AbandonedTopics abandoned, Orders orders, ReadProgress read, GroundTruth truth) {
        this.abandoned = abandoned;
        this.orders = orders;
        this.read = read;
        this.truth = truth;
    }

    /** Adds a record that was sent. */
    void add(SentRecord record) {
        if (abandoned.isLost(record.coordinates())) {
            lost++;
            return;
        }
        List<String> names = orders.namesFor(record.coordinates(), read);
        if (names.isEmpty()) {
            unread++;
        }
        names.forEach(name -> addDelivered(record.deliveredAs(name)));
    }

    private void addDelivered(SentRecord record) {
        Coordinates at = record.coordinates();
        boolean isEvent = orders.isEvent(record);
        if (isEvent && record.isRejected()) {
            truth.addReplayed(record);
        } else {
            truth.add(record);
        }
        if (record.isRejected() && orders.isRejectedErased(at)) {
            truth.eraseRejected(at);
        }
        if (isEvent && orders.isErased(record.event().orElseThrow().identity())) {
            Fingerprint event = record.event().orElseThrow().identity().fingerprint();
            truth.erase(event);
            erased.add(event);
        }
    }

    /** Events that were sent and must not show, because they were erased. */
    Set<Fingerprint> erased() {
        return Set.copyOf(erased);
    }

    GroundTruth truth() {
        return truth;
    }

    Exempt exempt() {
        return new Exempt(lost, unread, truth.erased(), truth.erasedMalformed());
    }
}
