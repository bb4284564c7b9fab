package io.tributary.lab.profile;

import io.tributary.lab.load.LoadSpec.Shares;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part of a load.
 *
 * @param rates records a second by data center; who is missing sends nothing
 * @param shares of what is sent, how much is out of the ordinary
 */
public record Phase(String name, Duration duration, SortedMap<String, Integer> rates, Shares shares) {

    public Phase {
        rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    }

    /** Records a second of all data centers together. */
    public int rate() {
        return rates.values().stream().mapToInt(Integer::intValue).sum();
    }
}
