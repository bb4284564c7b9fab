package io.tributary.lab.evaluate;

import java.util.Map;
import java.util.TreeMap;

/** When the questions of the answers so far were put, by what each answer could hold. */
final class PollHistory {

    /** By the arrival that an answer's rows are later than; since the last answer that held everything. */
    private final TreeMap<Long, Long> askedByArrival = new TreeMap<>();

    /**
     * To be called in the order of the questions.
     *
     * @param arrivedAfterMillis as of {@link Observer#poll}
     */
    void put(long askedMillis, long arrivedAfterMillis) {
        // An older answer that held no more says nothing that this one does not.
        askedByArrival.tailMap(arrivedAfterMillis, true).clear();
        askedByArrival.put(arrivedAfterMillis, askedMillis);
    }

    /** When the last question was put whose answer could hold a row that arrived then; before all time if none was. */
    long lastOf(long arrivedMillis) {
        Map.Entry<Long, Long> last = askedByArrival.lowerEntry(arrivedMillis);
        return last == null ? Long.MIN_VALUE : last.getValue();
    }
}
