package io.tributary.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What Tributary means. An event is shown from its first copy on, if that copy came so soon after the event happened
 * that the stream must know of any earlier one; else from the next merge on. It is shown once, and never gone again.
 */
final class Model {

    private Duration window;
    private final Duration allowance;
    private final SortedSet<String> arrived = new TreeSet<>();
    private final SortedSet<String> shown = new TreeSet<>();
    private Instant knownSince = Instant.MIN;

    Model(Duration window, Duration allowance) {
        this.window = window;
        this.allowance = allowance;
    }

    /** @param identity what makes two records the same event */
    void arrive(String identity, Instant happened, Instant now) {
        boolean isFirst = arrived.add(identity);
        if (isFirst && !happened.isBefore(earliestCertain(now))) {
            shown.add(identity);
        }
    }

    /** A copy of what happened earlier may have come when the stream did not remember it. */
    private Instant earliestCertain(Instant now) {
        Instant oldest = now.minus(window);
        return (oldest.isAfter(knownSince) ? oldest : knownSince).plus(allowance);
    }

    void merge() {
        shown.addAll(arrived);
    }

    void loseCheckpoint(Instant now) {
        knownSince = now;
    }

    void reconfigure(Duration another, Instant now) {
        window = another;
        knownSince = now;
    }

    /** The identities that a query shows, each once, sorted. */
    List<String> shown() {
        return List.copyOf(shown);
    }
}
