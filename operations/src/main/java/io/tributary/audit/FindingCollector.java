package io.tributary.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects findings and notes, and goes on counting when there are more than anybody reads. */
final class FindingCollector {

    private static final int MAX_FINDINGS = 1000;

    private final List<Finding> kept = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long beyond;

    void add(Finding finding) {
        if (kept.size() < MAX_FINDINGS) {
            kept.add(finding);
        } else {
            beyond++;
        }
    }

    void note(String note) {
        if (notes.size() < MAX_FINDINGS) {
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
