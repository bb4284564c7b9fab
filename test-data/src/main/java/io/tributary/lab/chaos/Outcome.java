package io.tributary.lab.chaos;

/** What came of a run. */
public interface Outcome {

    boolean isGood();

    /** For people: aligned lines of plain text. */
    String text();

    /** For programs: one JSON object. */
    String json();
}
