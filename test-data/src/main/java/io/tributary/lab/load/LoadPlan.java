package io.tributary.lab.load;

import io.tributary.lab.load.PlannedRecord.Malformed;
import io.tributary.lab.load.PlannedRecord.OfEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The records of a load in the order in which they are due; the same spec gives the same plan.
 *
 * <p>Time is cut into slots of one record each. A slot holds a new event, a repeat of an event from earlier (a moment
 * ago, or up to {@value #FAR_SHARE_OF_DURATION} of the load ago, through the same or another data center) or something
 * malformed. What goes through the lagging data center waits for one of its next bursts.
 */
public final class LoadPlan implements Iterator<PlannedRecord> {

    private static final double FAR_SHARE_OF_DURATION = 0.7;
    private static final long SECOND = 1_000_000_000L;
    private static final long NEAREST = SECOND / 1_000;
    private static final long NEAR = 5 * SECOND;
    private static final long BURST_EVERY = 10 * SECOND;
    private static final int MAX_MISSED_BURSTS = 3;

    private static final List<Malformation> MALFORMATIONS = List.of(Malformation.values());

    private final LoadSpec spec;
    private final EventTexts events;
    private final PriorityQueue<PlannedRecord> heldBack =
            new PriorityQueue<>(Comparator.comparingLong(PlannedRecord::dueNanos));

    /** The slot of each event so far, ascending. */
    private int[] eventSlots = new int[1024];

    private int eventCount;
    private int slot;
    private PlannedRecord upcoming;

    public LoadPlan(LoadSpec spec) {
        this.spec = spec;
        this.events = new EventTexts(spec);
        if (spec.records() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A load of " + spec.records() + " records is too long");
        }
    }

    @Override
    public boolean hasNext() {
        return upcoming != null || slot < spec.records() || !heldBack.isEmpty();
    }

    @Override
    public PlannedRecord next() {
        while (slot < spec.records()) {
            if (upcoming == null) {
                upcoming = planned(slot);
            }
            if (!heldBack.isEmpty() && heldBack.peek().dueNanos() <= spec.dueNanos(slot)) {
                return heldBack.remove();
            }
            PlannedRecord planned = upcoming;
            upcoming = null;
            boolean isDue = planned.dueNanos() <= spec.dueNanos(slot);
            slot++;
            if (isDue) {
                return planned;
            }
            heldBack.add(planned);
        }
        if (heldBack.isEmpty()) {
            throw new NoSuchElementException("The plan is at its end");
        }
        return heldBack.remove();
    }

    private PlannedRecord planned(int inSlot) {
        SplittableRandom random = new SplittableRandom(SplitMix64.of(spec.seed(), inSlot));
        double kind = random.nextDouble();
        long now = spec.dueNanos(inSlot);
        if (kind < spec.shares().malformed()) {
            return malformed(inSlot, now, random);
        }
        if (kind < spec.shares().malformed() + spec.shares().duplicates() && eventCount > 0) {
            long event = eventAbout(now - lookBack(random));
            return through(throughFor(event, random), event, now, random);
        }
        long event = eventCount;
        remember(inSlot);
        return through(events.origin(event), event, now, random);
    }

    private long lookBack(SplittableRandom random) {
        if (random.nextBoolean()) {
            return random.nextLong(NEAREST, NEAR);
        }
        return random.nextLong((long) (FAR_SHARE_OF_DURATION * spec.duration().toNanos()) + 1);
    }

    private int throughFor(long event, SplittableRandom random) {
        int origin = events.origin(event);
        int others = spec.dataCenters().size() - 1;
        if (others == 0 || random.nextBoolean()) {
            return origin;
        }
        int other = (origin + 1 + random.nextInt(others)) % (others + 1);
        return spec.weights().get(other) == 0 ? origin : other;
    }

    private PlannedRecord through(int dataCenter, long event, long now, SplittableRandom random) {
        long due = isLagging(dataCenter) ? burstAfter(now, random) : now;
        return new PlannedRecord(due, dataCenter, new OfEvent(event, due - now));
    }

    private PlannedRecord malformed(int inSlot, long now, SplittableRandom random) {
        Malformation how = MALFORMATIONS.get(random.nextInt(MALFORMATIONS.size()));
        // Half of them spoil an event that is never sent, half one that is sent whole just before or just after.
        long event = random.nextBoolean() ? -1L - inSlot : Math.max(0, eventCount - random.nextInt(2));
        int dataCenter = spec.byWeight(random.nextInt(spec.allWeights()));
        return new PlannedRecord(now, dataCenter, new Malformed(how, event, random.nextLong()));
    }

    private boolean isLagging(int dataCenter) {
        return spec.lastLags()
                && dataCenter > 0
                && dataCenter == spec.dataCenters().size() - 1;
    }

    /** The next burst or one of those after it; what is left at the end of the load is sent then. */
    private long burstAfter(long now, SplittableRandom random) {
        long burst = now / BURST_EVERY + 1 + random.nextInt(MAX_MISSED_BURSTS + 1);
        long jitter = Math.floorMod(SplitMix64.of(spec.seed(), -burst), 2 * SECOND);
        long end = spec.duration().toNanos();
        return Math.min(burst * BURST_EVERY + jitter, end);
    }

    private void remember(int inSlot) {
        if (eventCount == eventSlots.length) {
            eventSlots = Arrays.copyOf(eventSlots, eventCount * 2);
        }
        eventSlots[eventCount] = inSlot;
        eventCount++;
    }

    /** The last event that was new at or before {@code nanos}, or the first of all. */
    private long eventAbout(long nanos) {
        long atSlot = Math.max(0, nanos) * spec.rate() / SECOND;
        int found = Arrays.binarySearch(eventSlots, 0, eventCount, (int) Math.min(atSlot, Integer.MAX_VALUE));
        return found >= 0 ? found : Math.max(0, -found - 2);
    }
}
