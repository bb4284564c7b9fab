package io.tributary.lab.evaluate;

import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.FingerprintIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Watches the answers to one query that is asked again and again: what an answer shows twice, what a later one no longer
 * shows, and when each event was first shown.
 *
 * <p>The row that shows an event never changes, so an event that comes with another arrival than before is shown twice
 * as well, even if the answer is of a part that the first row does not belong to. Rows of one identity whose times lie
 * further apart than the tolerance are different events.
 */
public final class Observer {

    /** Before all arrivals: an answer that holds everything. */
    public static final long EVERYTHING = Long.MIN_VALUE;

    private final long measureFromMillis;
    private final VisibleSince appearances;
    private final FingerprintIndex shown = new FingerprintIndex();
    private final BitSet twice = new BitSet();
    private final BitSet gone = new BitSet();
    private final BitSet back = new BitSet();
    private final BitSet before = new BitSet();
    private final long toleranceMicros;
    private long[] arrivals = new long[1 << 10];
    private long[] times = new long[1 << 10];
    private final Latencies all = new Latencies();
    private final Latencies onTime = new Latencies();
    private final List<Latencies> byDataCenter = new ArrayList<>();
    private volatile List<TimeWindow> stretches = List.of();
    private final PollHistory answered = new PollHistory();
    private volatile FirstShown follower = (times, isOnTime, dataCenter) -> {};
    private long polls;

    /**
     * @param dataCenters how many there are
     * @param tolerance how far the times of two copies of one event may lie apart
     * @param measureFromMillis events that Kafka had before this moment are watched, their freshness is not measured
     * @param appearances believed as far as the answers bear them out: not before the question of the last answer that could
     *     hold an event and did not, nor after the first one with it
     */
    public Observer(int dataCenters, Duration tolerance, long measureFromMillis, VisibleSince appearances) {
        this.toleranceMicros = TimeUnit.MILLISECONDS.toMicros(tolerance.toMillis());
        this.measureFromMillis = measureFromMillis;
        this.appearances = appearances;
        for (int i = 0; i < dataCenters; i++) {
            byDataCenter.add(new Latencies());
        }
    }

    /** Is told of each event when it is shown for the first time. To be called before any can be shown. */
    public void follow(FirstShown told) {
        follower = told;
    }

    /**
     * One answer: add its rows, then close it.
     *
     * @param askedMillis when the question was put; whatever was there by then is in the answer
     * @param visibleByMillis when it was settled which versions it shows
     * @param arrivedAfterMillis it holds the rows that arrived later than this, or {@link #EVERYTHING}
     */
    public Poll poll(long askedMillis, long visibleByMillis, long arrivedAfterMillis) {
        appearances.look();
        return new Poll(askedMillis, visibleByMillis, arrivedAfterMillis);
    }

    /** The rows of one answer. */
    public final class Poll implements AutoCloseable {

        private final long askedMillis;
        private final long visibleByMillis;
        private final long arrivedAfterMillis;
        private final BitSet now = new BitSet(shown.size());

        private Poll(long askedMillis, long visibleByMillis, long arrivedAfterMillis) {
            this.askedMillis = askedMillis;
            this.visibleByMillis = visibleByMillis;
            this.arrivedAfterMillis = arrivedAfterMillis;
        }

        /**
         * Adds a row.
         *
         * @param high with {@code low} the identity's {@link Fingerprint}
         * @param dataCenter the index of the one that delivered it, or -1
         */
        public void row(
                long high,
                long low,
                long timeMicros,
                long arrivedMillis,
                long kafkaMillis,
                boolean isOnTime,
                int dataCenter) {
            int known = shown.size();
            int event = event(high, low, timeMicros);
            if (event == known) {
                arrivals[event] = arrivedMillis;
                long visible = visibleSince(arrivedMillis, isOnTime);
                follower.shown(
                        new FirstShown.Times(timeMicros, kafkaMillis, arrivedMillis, visible), isOnTime, dataCenter);
                long latency = visible - kafkaMillis;
                if (kafkaMillis >= measureFromMillis) {
                    measure(latency, isOnTime, dataCenter);
                }
                if (isOnTime && dataCenter >= 0) {
                    stretches.forEach(window -> window.add(kafkaMillis, latency, dataCenter));
                }
            } else if (now.get(event) || arrivals[event] != arrivedMillis) {
                twice.set(event);
            }
            if (gone.get(event)) {
                back.set(event);
            }
            now.set(event);
        }

        private long visibleSince(long arrivedMillis, boolean isOnTime) {
            long told = appearances.of(arrivedMillis, isOnTime).orElse(visibleByMillis);
            return Math.min(visibleByMillis, Math.max(told, answered.lastOf(arrivedMillis)));
        }

        /** Ends the answer: what was there before and is not in it is gone. */
        @Override
        public void close() {
            BitSet vanished = (BitSet) before.clone();
            vanished.andNot(now);
            if (arrivedAfterMillis != EVERYTHING) {
                for (int event = vanished.nextSetBit(0); event >= 0; event = vanished.nextSetBit(event + 1)) {
                    vanished.set(event, arrivals[event] > arrivedAfterMillis);
                }
            }
            gone.or(vanished);
            before.or(now);
            answered.put(askedMillis, arrivedAfterMillis);
            polls++;
        }
    }

    /**
     * Measures a stretch of time for itself as well. To be called before any of its events can be shown.
     *
     * @param fromMillis events count that Kafka had from this moment on
     * @param untilMillis and before this one
     */
    public synchronized TimeWindow measure(long fromMillis, long untilMillis) {
        TimeWindow window = new TimeWindow(fromMillis, untilMillis, byDataCenter.size());
        List<TimeWindow> more = new ArrayList<>(stretches);
        more.add(window);
        stretches = List.copyOf(more);
        return window;
    }

    /** The number of the event of this identity and time, which is added if it is new. */
    private int event(long high, long low, long timeMicros) {
        for (long other = 0; ; other++) {
            int known = shown.size();
            int event = shown.add(high + other, low - other);
            if (event == known) {
                if (event == arrivals.length) {
                    arrivals = Arrays.copyOf(arrivals, event * 2);
                    times = Arrays.copyOf(times, event * 2);
                }
                times[event] = timeMicros;
                return event;
            }
            if (Math.abs(times[event] - timeMicros) <= toleranceMicros) {
                return event;
            }
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
    public Examples<Fingerprint> shownTwice() {
        return findings(twice);
    }

    /** Events that an answer no longer showed although an earlier one had. */
    public Examples<Fingerprint> goneAgain() {
        return goneAgain(Set.of());
    }

    /**
     * Events that an answer no longer showed although an earlier one had, and nobody had them erased.
     *
     * @param allowed those that were erased, so that they had to go
     */
    public Examples<Fingerprint> goneAgain(Set<Fingerprint> allowed) {
        return findings(without(gone, event -> allowed.contains(shown.get(event))));
    }

    /** Those of some events that an answer showed again although an earlier one did not any more. */
    public Examples<Fingerprint> backAgain(Set<Fingerprint> events) {
        return findings(without(back, event -> !events.contains(shown.get(event))));
    }

    private static BitSet without(BitSet events, IntPredicate left) {
        BitSet others = new BitSet();
        events.stream().filter(left.negate()).forEach(others::set);
        return others;
    }

    private Examples<Fingerprint> findings(BitSet events) {
        List<Fingerprint> examples =
                events.stream().limit(Examples.EXAMPLES).mapToObj(shown::get).toList();
        return new Examples<>(events.cardinality(), examples);
    }
}
