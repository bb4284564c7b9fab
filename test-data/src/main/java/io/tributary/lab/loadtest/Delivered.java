package io.tributary.lab.loadtest;

import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What the transport alone made of a load: every record received, held against every record acknowledged. */
final class Delivered {

    private static final int DIGITS = 3;
    private static final long BACKDATED_MILLIS = 120_000;

    /** Where a record lies; a run has one topic. */
    record Place(String dataCenter, int partition, long offset) {}

    private final Map<Place, SentRecord> sent = new HashMap<>();
    private final Set<Place> seen = new HashSet<>();
    private final Map<Place, Long> last = new HashMap<>();
    private final Histogram dueToAppend = new Histogram(DIGITS);
    private final Histogram appendToReceive = new Histogram(DIGITS);
    private final Histogram dueToReceive = new Histogram(DIGITS);
    private final OverTime overTime;
    private final long measureFromMillis;
    private long received;
    private long twice;
    private long unknown;
    private long altered;
    private long outOfOrder;

    /** @param measureFromMillis of records due before, no times are measured */
    Delivered(OverTime overTime, long measureFromMillis) {
        this.overTime = overTime;
        this.measureFromMillis = measureFromMillis;
    }

    void sent(SentRecord record) {
        sent.put(
                new Place(
                        record.coordinates().dataCenter(),
                        record.coordinates().partition(),
                        record.coordinates().offset()),
                record);
    }

    /** Adds a record as a consumer got it; all that was sent is to be told before. */
    void received(String dataCenter, int partition, long offset, long appended, long arrived, long hash) {
        received++;
        Place place = new Place(dataCenter, partition, offset);
        SentRecord record = sent.get(place);
        if (record == null) {
            unknown++;
            return;
        }
        if (!seen.add(place)) {
            twice++;
            return;
        }
        Long before = last.put(new Place(dataCenter, partition, 0), offset);
        if (before != null && before > offset) {
            outOfOrder++;
        }
        if (record.event().filter(event -> event.payloadHash() != hash).isPresent()) {
            altered++;
        }
        if (record.kind() == Kind.EVENT) {
            measure(record.event().orElseThrow(), appended, arrived);
        }
    }

    private void measure(SentEvent event, long appended, long arrived) {
        long due = event.timeMicros() / 1_000;
        if (appended - due >= BACKDATED_MILLIS || due < measureFromMillis) {
            return;
        }
        dueToAppend.recordValue(Math.max(0, appended - due));
        appendToReceive.recordValue(Math.max(0, arrived - appended));
        dueToReceive.recordValue(Math.max(0, arrived - due));
        overTime.add(due, arrived - due);
    }

    long acknowledged() {
        return sent.size();
    }

    long received() {
        return received;
    }

    /** Acknowledged and never received. */
    long missing() {
        return sent.size() - (long) seen.size();
    }

    /** Received a second time from the same place. */
    long twice() {
        return twice;
    }

    /** In Kafka and never acknowledged: what a producer's repeats have added. */
    long unknown() {
        return unknown;
    }

    /** Received with another value than was sent. */
    long altered() {
        return altered;
    }

    /** Received after a later record of the partition. */
    long outOfOrder() {
        return outOfOrder;
    }

    boolean isComplete() {
        return missing() == 0 && twice == 0 && unknown == 0 && altered == 0 && outOfOrder == 0;
    }

    Histogram dueToAppend() {
        return dueToAppend;
    }

    Histogram appendToReceive() {
        return appendToReceive;
    }

    Histogram dueToReceive() {
        return dueToReceive;
    }

    OverTime overTime() {
        return overTime;
    }
}
