package io.tributary.lab.fuzz;

import java.util.OptionalInt;

/** How some records in a row are sent: each by itself, or in a transaction that ends in one of these ways. */
enum HostileTransaction {
    COMMITTED,
    ABORTED,
    /** Aborted, and then the same events are sent again and committed. */
    ABORTED_THEN_COMMITTED,
    /** Left open by a producer that dies, until its successor fences it. */
    LEFT_OPEN;

    private static final int ONE_IN = 60;
    private static final int MAX_RECORDS = 8;

    /** How many records from {@code number} on go in a transaction; empty if this one goes by itself. */
    static OptionalInt length(long seed, long number) {
        SeededChoices dice = new SeededChoices(seed + 2, number);
        return dice.oneIn(ONE_IN) ? OptionalInt.of(1 + dice.below(MAX_RECORDS)) : OptionalInt.empty();
    }

    static HostileTransaction of(long seed, long number) {
        return values()[new SeededChoices(seed + 3, number).below(values().length)];
    }
}
