package io.tributary.lab.chaos;

import io.tributary.lab.s3.S3Rule;
import java.time.Duration;

/** Faults of S3 itself. */
final class S3Faults {

    private static final String COMMIT = ".*/_delta_log/\\d{20}\\.json";
    private static final String ANY = ".*";

    private final FaultTargets targets;

    S3Faults(FaultTargets targets) {
        this.targets = targets;
    }

    /** Every request is refused, or some. */
    void refuse(Fault fault, int status) {
        double share = new double[] {1, 0.5, 0.2}[fault.oneOf(3)];
        targets.s3().add(S3Rule.answer(fault.kind().word(), status, share));
        targets.say(Math.round(100 * share) + "% of all requests are answered with " + status);
        healAfter(fault);
    }

    void delay(Fault fault) {
        Duration delay = Duration.ofMillis(new long[] {200, 500, 1_200}[fault.oneOf(3)]);
        double share = fault.isFirstOfTwo() ? 1 : 0.4;
        targets.s3().add(S3Rule.slow(fault.kind().word(), delay, share));
        targets.say(Math.round(100 * share) + "% of all requests take " + delay.toMillis() + " ms longer");
        healAfter(fault);
    }

    void dropAfterStore(Fault fault) {
        double share = new double[] {0.1, 0.3, 0.5}[fault.oneOf(3)];
        targets.s3().add(S3Rule.dropAfter("dropped-commits", COMMIT, 1, 3));
        targets.s3().add(S3Rule.dropAfter("dropped", ANY, share, Integer.MAX_VALUE));
        targets.say("the next 3 commits, and " + Math.round(100 * share) + "% of all else that is put, are stored and"
                + " not answered");
        healAfter(fault);
    }

    private void healAfter(Fault fault) {
        targets.pause(fault.lasts());
        targets.s3().removeAll();
    }
}
