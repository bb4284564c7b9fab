package io.tributary.lab.evaluate;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.FingerprintIndex;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Everything that was ever sent to a lake: for each identity the forms in which it was sent, any of which may be the one
 * that shows, and for each rejected record its coordinates. A record that was refused and then replayed is both. Of an
 * event that was erased nothing may show, and a rejected record that was erased may not be in the quarantine.
 */
public final class GroundTruth {

    private static final int NONE = -1;

    private final long toleranceMicros;
    private final FingerprintIndex identities = new FingerprintIndex();
    private final FingerprintIndex malformed = new FingerprintIndex();

    /** The latest form of each identity; forms of one identity are chained. */
    private int[] latestForm = new int[1 << 10];

    private int[] nextForm = new int[1 << 10];
    private long[] formTimes = new long[1 << 10];
    private long[] formPayloads = new long[1 << 10];
    private int forms;
    private final BitSet erased = new BitSet();
    private final BitSet erasedMalformed = new BitSet();
    private final Map<String, SentCounts> sent = new TreeMap<>();

    /** @param tolerance how far the times of two copies of one event may lie apart */
    public GroundTruth(Duration tolerance) {
        this.toleranceMicros = TimeUnit.MILLISECONDS.toMicros(tolerance.toMillis());
    }

    /** Adds a record as what it was when it was sent. */
    public void add(SentRecord record) {
        if (record.isRejected()) {
            malformed.add(record.coordinates().fingerprint());
            count(record, Kind.MALFORMED);
        } else {
            addEvent(record);
        }
    }

    /** Adds a refused record that was replayed by rules that read it: as the event that it has become as well. */
    public void addReplayed(SentRecord record) {
        add(record);
        addEvent(record);
    }

    private void addEvent(SentRecord record) {
        count(record, add(record.event().orElseThrow()) ? Kind.EVENT : Kind.DUPLICATE);
    }

    private void count(SentRecord record, Kind kind) {
        sent.merge(record.coordinates().dataCenter(), SentCounts.EMPTY.plusOne(kind), SentCounts::plus);
    }

    /** Adds an event; whether it is no copy of one that is known. */
    public boolean add(SentEvent event) {
        Fingerprint fingerprint = event.identity().fingerprint();
        int known = identities.size();
        int identity = identities.add(fingerprint);
        if (identity == latestForm.length) {
            latestForm = Arrays.copyOf(latestForm, identity * 2);
        }
        if (identity == known) {
            latestForm[identity] = NONE;
        }
        boolean isNew = !isCopy(identity, event.timeMicros());
        if (!wasSentAs(identity, event.timeMicros(), event.payloadHash())) {
            addForm(identity, event);
        }
        return isNew;
    }

    private boolean isCopy(int identity, long timeMicros) {
        for (int form = latestForm[identity]; form != NONE; form = nextForm[form]) {
            if (Math.abs(formTimes[form] - timeMicros) <= toleranceMicros) {
                return true;
            }
        }
        return false;
    }

    private void addForm(int identity, SentEvent event) {
        if (forms == nextForm.length) {
            nextForm = Arrays.copyOf(nextForm, forms * 2);
            formTimes = Arrays.copyOf(formTimes, forms * 2);
            formPayloads = Arrays.copyOf(formPayloads, forms * 2);
        }
        nextForm[forms] = latestForm[identity];
        formTimes[forms] = event.timeMicros();
        formPayloads[forms] = event.payloadHash();
        latestForm[identity] = forms;
        forms++;
    }

    /**
     * Takes an event out of what must show.
     *
     * @throws IllegalStateException if it was never sent, so that there was nothing to erase
     */
    public void erase(Fingerprint event) {
        int identity = identities.find(event.high(), event.low());
        if (identity < 0) {
            throw new IllegalStateException("An event was erased that was never sent: " + event);
        }
        erased.set(identity);
    }

    /**
     * Takes a rejected record out of what must be in the quarantine.
     *
     * @throws IllegalStateException if none was sent with these coordinates
     */
    public void eraseRejected(Coordinates at) {
        int record = malformed(at);
        if (record < 0) {
            throw new IllegalStateException("A rejected record was erased that was never sent: " + at);
        }
        erasedMalformed.set(record);
    }

    boolean isErasedMalformed(int record) {
        return erasedMalformed.get(record);
    }

    /** How many rejected records were erased. */
    public int erasedMalformed() {
        return erasedMalformed.cardinality();
    }

    boolean isErased(int identity) {
        return erased.get(identity);
    }

    /** How many different events were erased. */
    public int erased() {
        return erased.cardinality();
    }

    /** How much each data center sent; of the copies of an event the first one known is the event. */
    public Map<String, SentCounts> sent() {
        return Collections.unmodifiableMap(sent);
    }

    /** How many different identities were sent. */
    public int unique() {
        return identities.size();
    }

    public int malformed() {
        return malformed.size();
    }

    /** The number of an identity, from 0 to {@link #unique()}, or -1 if it was never sent. */
    int identity(long high, long low) {
        return identities.find(high, low);
    }

    Fingerprint identity(int number) {
        return identities.get(number);
    }

    boolean wasSentAs(int identity, long timeMicros, long payloadHash) {
        for (int form = latestForm[identity]; form != NONE; form = nextForm[form]) {
            if (formTimes[form] == timeMicros && formPayloads[form] == payloadHash) {
                return true;
            }
        }
        return false;
    }

    /** The number of a malformed record, from 0 to {@link #malformed()}, or -1 if what lies there is none. */
    int malformed(Coordinates at) {
        Fingerprint fingerprint = at.fingerprint();
        return malformed.find(fingerprint.high(), fingerprint.low());
    }

    Fingerprint malformed(int number) {
        return malformed.get(number);
    }
}
