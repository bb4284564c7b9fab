package io.tributary.lab.chaos;

import java.util.Locale;

/** How one data centre is in trouble while the others are to feel nothing of it. */
enum Trouble {
    REFUSES("its cluster is killed and refuses"),
    HANGS("its cluster is frozen and never answers"),
    DIES_BEFORE_READING("its cluster is killed when a batch is planned and not read"),
    IS_SLOW("its cluster is given a twentieth of the time");

    private final String words;

    Trouble(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** The name that reports give it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
