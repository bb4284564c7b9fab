package io.tributary.ingest.discovery;

import io.tributary.error.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells the same trouble again at growing intervals, so that it is neither forgotten nor drowns all else. */
public final class WarningThrottle {

    private static final Backoff INTERVALS = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));

    private final Map<String, Open> troubles = new HashMap<>();

    private record Open(Instant since, int told, Instant next) {}

    /**
     * That a trouble is to be told now.
     *
     * @param count how often it was told, this time included
     */
    public record Reminder(Instant since, int count) {

        /** What follows the words of a trouble that was told before; empty at the first time. */
        public String describe() {
            return count == 1 ? "" : " (since " + since + ", told " + count + " times)";
        }
    }

    /** Notes that a trouble is there, and whether to tell it now. */
    public Optional<Reminder> note(String trouble, Instant now) {
        Open open = troubles.getOrDefault(trouble, new Open(now, 0, now));
        boolean isDue = !now.isBefore(open.next());
        int told = isDue ? open.told() + 1 : open.told();
        troubles.put(trouble, isDue ? new Open(open.since(), told, now.plus(INTERVALS.after(told))) : open);
        return isDue ? Optional.of(new Reminder(open.since(), told)) : Optional.empty();
    }

    /** Forgets all troubles but these, which are still there; gives those that are over, with their beginnings. */
    public Map<String, Instant> retain(Collection<String> present) {
        Map<String, Instant> over = new HashMap<>();
        troubles.entrySet().removeIf(entry -> {
            boolean isOver = !present.contains(entry.getKey());
            if (isOver) {
                over.put(entry.getKey(), entry.getValue().since());
            }
            return isOver;
        });
        return over;
    }
}
