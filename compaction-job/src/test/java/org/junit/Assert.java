package org.junit;

import org.junit.jupiter.api.Assertions;

/**
 * The assertions that spark-testing-base calls for its Java classes. It was compiled against JUnit 4, which is not on
 * the class path; these four methods are all that it uses of it.
 */
public final class Assert {

    private Assert() {}

    public static void assertEquals(Object expected, Object actual) {
        Assertions.assertEquals(expected, actual);
    }

    public static void assertEquals(String message, Object expected, Object actual) {
        Assertions.assertEquals(expected, actual, message);
    }

    public static void assertTrue(boolean condition) {
        Assertions.assertTrue(condition);
    }

    public static void fail(String message) {
        Assertions.fail(message);
    }
}
