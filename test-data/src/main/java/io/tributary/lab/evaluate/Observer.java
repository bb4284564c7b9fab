package io.tributary.lab.evaluate;

import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.FingerprintIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Watches the answers to one query that is asked again and again: what an answer shows twice, what a later one no longer
 * shows, and when each event was first shown.
 */
public final class Observer {

    private final long measureFromMillis;
    private final FingerprintIndex shown = new FingerprintIndex();
    private final BitSet twice = new BitSet();
    private final BitSet gone = new BitSet();
    private final BitSet before = new BitSet();
    private final Latencies all = new Latencies();
    private final Latencies onTime = new Latencies();
    private final List<Latencies> byDataCenter = new ArrayList<>();
    private long polls;

    /**
     * @param dataCenters how many there are
     * @param measureFromMillis events that Kafka had before this moment are watched, their freshness is not measured
     */
    public Observer(int dataCenters, long measureFromMillis) {
        this.measureFromMillis = measureFromMillis;
        for (int i = 0; i < dataCenters; i++) {
            byDataCenter.add(new Latencies());
        }
    }

    /** One answer, which was complete at {@code returnedAtMillis}: add its rows, then close it. */
    public Poll poll(long returnedAtMillis) {
        return new Poll(returnedAtMillis);
    }

    /** The rows of one answer. */
    public final class Poll implements AutoCloseable {

        private final long returnedAtMillis;
        private final BitSet now = new BitSet(shown.size());

        private Poll(long returnedAtMillis) {
            this.returnedAtMillis = returnedAtMillis;
        }

        /**
         * Adds a row.
         *
         * @param high with {@code low} the identity's {@link Fingerprint}
         * @param dataCenter the index of the one that delivered it, or -1
         */
        public void row(long high, long low, long kafkaMillis, boolean isOnTime, int dataCenter) {
            int known = shown.size();
            int event = shown.add(high, low);
            if (now.get(event)) {
                twice.set(event);
            }
            now.set(event);
            if (event == known && kafkaMillis >= measureFromMillis) {
                measure(returnedAtMillis - kafkaMillis, isOnTime, dataCenter);
            }
        }

        /** Ends the answer: what was there before and is not in it is gone. */
        @Override
        public void close() {
            BitSet vanished = (BitSet) before.clone();
            vanished.andNot(now);
            gone.or(vanished);
            before.or(now);
            polls++;
        }
    }

    private void measure(long millis, boolean isOnTime, int dataCenter) {
        all.add(millis);
        if (isOnTime) {
            onTime.add(millis);
        }
        if (dataCenter >= 0) {
            byDataCenter.get(dataCenter).add(millis);
        }
    }

    public long polls() {
        return polls;
    }

    /** How many different events were ever shown. */
    public int shown() {
        return shown.size();
    }

    public Freshness freshness() {
        return all.freshness();
    }

    /** Of the events alone that the stream could tell to be first copies. */
    public Freshness freshnessOnTime() {
        return onTime.freshness();
    }

    public Freshness freshness(int dataCenter) {
        return byDataCenter.get(dataCenter).freshness();
    }

    /** Events that one answer showed more than once. */
    public Findings<Fingerprint> shownTwice() {
        return findings(twice);
    }

    /** Events that an answer no longer showed although an earlier one had. */
    public Findings<Fingerprint> goneAgain() {
        return findings(gone);
    }

    private Findings<Fingerprint> findings(BitSet events) {
        List<Fingerprint> examples =
                events.stream().limit(Findings.EXAMPLES).mapToObj(shown::get).toList();
        return new Findings<>(events.cardinality(), examples);
    }
}
