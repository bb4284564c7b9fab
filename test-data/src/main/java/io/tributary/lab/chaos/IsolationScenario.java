package io.tributary.lab.chaos;

import java.util.Locale;

/** How one data center is in trouble while the others are to feel nothing of it. */
enum IsolationScenario {
    REFUSES(FaultKind.CLUSTER_STOPPED, "its cluster is killed and refuses"),
    HANGS(FaultKind.CLUSTER_FROZEN, "its cluster is frozen and never answers"),
    DIES_BEFORE_READING(
            FaultKind.CLUSTER_KILLED_BEFORE_READING, "its cluster is killed when a batch is planned and not read"),
    IS_SLOW(FaultKind.CLUSTER_FROZEN, "its cluster is given a twentieth of the time");

    private final FaultKind kind;
    private final String words;

    IsolationScenario(FaultKind kind, String words) {
        this.kind = kind;
        this.words = words;
    }

    /** The kind of fault that comes nearest. */
    FaultKind kind() {
        return kind;
    }

    String describe() {
        return words;
    }

    /** The name that reports give it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
