package io.tributary.lab.loadtest;

import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.LoadGenerator;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.Sender;
import io.tributary.lab.profile.Profile;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends the phases of a profile, one after the other, by the load generator of the lab. */
final class ProfileLoad {

    private final Profile profile;
    private final long seed;
    private final IdentityScope scope;
    private final LoadStart start;
    private final SendTimes times;

    ProfileLoad(Profile profile, long seed, IdentityScope scope, LoadStart start) {
        this.profile = profile;
        this.seed = seed;
        this.scope = scope;
        this.start = start;
        this.times = new SendTimes(profile.warmUp());
    }

    /** Sends until the end, or until {@code goOn} says no, and returns when everything is acknowledged. */
    void send(Sender sender, BooleanSupplier goOn) {
        for (int phase = 0; phase < profile.phases().size() && goOn.getAsBoolean(); phase++) {
            Optional<LoadSpec> spec = profile.load(phase, seed);
            if (spec.isPresent()) {
                OpenLoopPace pace = new OpenLoopPace(start, phase, profile.beginOf(phase), times);
                new LoadGenerator(spec.get(), scope, sender, pace.dueClock(), pace).hand(goOn);
            }
        }
        sender.flush();
    }

    /** To be read once everything is sent. */
    SendTimes times() {
        return times;
    }
}
