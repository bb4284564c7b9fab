package io.tributary.ingest.discovery;

import io.tributary.error.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Repeats a warning at growing intervals, so that it is not forgotten and does not flood the log. */
public final class WarningThrottle {

    private static final Backoff INTERVALS = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));

    private final Map<String, Open> troubles = new HashMap<>();

    private record Open(Instant since, int told, Instant next) {}

    /**
     * A warning that is to be logged now.
     *
     * @param count how often it was logged, this time included
     */
    public record Reminder(Instant since, int count) {

        /** The end of the log line of a repeated warning; empty at the first time. */
        public String describe() {
            return count == 1 ? "" : " (since " + since + ", logged " + count + " times)";
        }
    }

    /** Registers that a problem exists, and decides whether to log it now. */
    public Optional<Reminder> note(String trouble, Instant now) {
        Open open = troubles.getOrDefault(trouble, new Open(now, 0, now));
        boolean isDue = !now.isBefore(open.next());
        int told = isDue ? open.told() + 1 : open.told();
        troubles.put(trouble, isDue ? new Open(open.since(), told, now.plus(INTERVALS.after(told))) : open);
        return isDue ? Optional.of(new Reminder(open.since(), told)) : Optional.empty();
    }

    /** Keeps only these problems, which still exist. Returns those that ended, with their beginnings. */
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
