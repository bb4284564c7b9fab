package io.tributary.lab.load;

import io.tributary.lab.load.PlannedRecord.Malformed;
import io.tributary.lab.load.PlannedRecord.OfEvent;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.Xxh64;
import java.time.Clock;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * Plays a load: sends every planned record when it is due, and stamps each event with the time of its first sending (or
 * of when it happened, if it was held back or is backdated). Producers' clocks are never ahead.
 */
public final class LoadGenerator {

    private final LoadSpec spec;
    private final IdentityScope scope;
    private final EventTexts events;
    private final Sender sender;
    private final Clock clock;
    private final Pace pace;

    private final BitSet sentOnce = new BitSet();
    private long[] times = new long[1024];

    public LoadGenerator(LoadSpec spec, IdentityScope scope, Sender sender, Clock clock, Pace pace) {
        this.spec = spec;
        this.scope = scope;
        this.events = new EventTexts(spec);
        this.sender = sender;
        this.clock = clock;
        this.pace = pace;
    }

    /** Sends until the plan is at its end or {@code goOn} says no, and returns when all of it is acknowledged. */
    public void run(BooleanSupplier goOn) {
        hand(goOn);
        sender.flush();
    }

    /** As {@link #run}, and returns when all of it is handed to the producers, so that what follows is not held up. */
    public void hand(BooleanSupplier goOn) {
        LoadPlan plan = new LoadPlan(spec);
        pace.start();
        while (plan.hasNext() && goOn.getAsBoolean()) {
            PlannedRecord planned = plan.next();
            if (!pace.awaitDue(planned.dueNanos(), goOn)) {
                break;
            }
            send(planned);
        }
    }

    private void send(PlannedRecord planned) {
        String through = spec.dataCenters().get(planned.through());
        if (planned.content() instanceof OfEvent event) {
            Kind kind = stamp(event) ? Kind.EVENT : Kind.DUPLICATE;
            byte[] value = events.text(event.event(), times[(int) event.event()]);
            sender.sendEvent(through, kind, value, truthOf(event.event(), value));
        } else if (planned.content() instanceof Malformed malformed) {
            sender.sendMalformed(
                    through, malformed.how().text(events, malformed.event(), malformed.salt(), clock.millis()));
        }
    }

    private SentEvent truthOf(long event, byte[] value) {
        String origin = spec.dataCenters().get(events.origin(event));
        Identity identity = scope.identity(origin, events.id(event));
        return new SentEvent(identity, times[(int) event] * 1_000, Xxh64.of(value));
    }

    /** Gives the event its time if this is the first that is sent of it. */
    private boolean stamp(OfEvent planned) {
        int event = (int) planned.event();
        if (sentOnce.get(event)) {
            return false;
        }
        sentOnce.set(event);
        if (event >= times.length) {
            times = Arrays.copyOf(times, Math.max(event + 1, times.length * 2));
        }
        long before = events.backdatedByMillis(event).orElse(planned.heldNanos() / 1_000_000);
        times[event] = clock.millis() - before;
        return true;
    }
}
