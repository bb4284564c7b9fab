package io.tributary.lab.loadtest;

import io.tributary.lab.profile.Profile;
import java.time.Duration;

/** The stretches of time by which a load is drawn: about 120 of them, and none shorter than a second. */
final class Buckets {

    private static final int WANTED = 120;

    private Buckets() {}

    static Duration of(Profile profile) {
        return Duration.ofSeconds(Math.max(1, profile.duration().toSeconds() / WANTED));
    }
}
