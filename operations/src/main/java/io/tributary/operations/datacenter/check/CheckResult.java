package io.tributary.operations.datacenter.check;

import java.util.Locale;

/**
 * One thing that a check found out.
 *
 * @param about what it is about, in one word
 * @param remedy what to do about it; empty if nothing
 */
public record CheckResult(Level level, String about, String words, String remedy) {

    /** How a result is meant. */
    public enum Level {
        OK,
        /** It works, and somebody should know. */
        WARN,
        /** It cannot work. */
        FAIL,
        /** It could not be found out. */
        UNKNOWN;

        /** As a table shows it. */
        public String shown() {
            return this == UNKNOWN ? "?" : name().toLowerCase(Locale.ROOT);
        }
    }

    static CheckResult ok(String about, String words) {
        return new CheckResult(Level.OK, about, words, "");
    }

    static CheckResult warn(String about, String words, String remedy) {
        return new CheckResult(Level.WARN, about, words, remedy);
    }

    static CheckResult fail(String about, String words, String remedy) {
        return new CheckResult(Level.FAIL, about, words, remedy);
    }

    static CheckResult unknown(String about, String words, String remedy) {
        return new CheckResult(Level.UNKNOWN, about, words, remedy);
    }

    public boolean isFailure() {
        return level == Level.FAIL;
    }
}
