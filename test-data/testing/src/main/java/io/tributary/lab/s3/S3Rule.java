package io.tributary.lab.s3;

import java.time.Duration;
import java.util.Locale;

/**
 * What a front does to which requests; its text is what the front's process reads.
 *
 * @param name under which it is removed, and what it holds is released
 */
public record S3Rule(String name, String text) {

    private static final String ALL = "GET,HEAD,PUT,POST,DELETE";

    /** Holds the next PUT of a key that matches before anything is stored. */
    public static S3Rule holdBefore(String name, String key) {
        return new S3Rule(name, "hold-before PUT /[^/]+/" + key + " times=1");
    }

    /** Stores the next PUT of a key that matches and withholds the answer. */
    public static S3Rule holdAfter(String name, String key) {
        return new S3Rule(name, "hold-after PUT /[^/]+/" + key + " times=1");
    }

    /** Stores PUTs of keys that match and closes the connection without an answer. */
    public static S3Rule dropAfter(String name, String key, double share, int times) {
        return new S3Rule(name, "drop-after PUT /[^/]+/" + key + share(share) + " times=" + times);
    }

    /** Answers a share of all requests with an error. */
    public static S3Rule answer(String name, int status, double share) {
        return new S3Rule(name, "answer:" + status + " " + ALL + " .*" + share(share));
    }

    /** Takes its time for a share of all requests. */
    public static S3Rule slow(String name, Duration delay, double share) {
        return new S3Rule(name, "slow:" + delay.toMillis() + " " + ALL + " .*" + share(share));
    }

    /** The same rule, but only once a PUT of another key that matches has succeeded. */
    public S3Rule onceStored(String key) {
        return new S3Rule(name, text + " after=/[^/]+/" + key);
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, " share=%.3f", share);
    }
}
