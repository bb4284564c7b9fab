package io.tributary.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects findings and notes, and goes on counting when there are more than anybody reads. */
final class FindingCollector {

    private static final int KEPT = 1000;

    private final List<Finding> kept = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long beyond;

    void add(Finding finding) {
        if (kept.size() < KEPT) {
            kept.add(finding);
        } else {
            beyond++;
        }
    }

    void note(String note) {
        if (notes.size() < KEPT) {
            notes.add(note);
        }
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }

    long beyond() {
        return beyond;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
