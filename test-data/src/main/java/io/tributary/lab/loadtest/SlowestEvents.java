package io.tributary.lab.loadtest;

import io.tributary.lab.profile.Profile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the slowest hundredth of the events on time lost their time. */
final class SlowestEvents {

    private static final int ONE_IN = 100;

    private double beforeKafka;
    private double waiting;
    private double inBatch;
    private int count;

    SlowestEvents(PipelineOutcome run, Profile profile) {
        EventTimes events = run.events();
        long from = run.start().millis() + profile.warmUp().toMillis();
        Map<Long, Long> plannedAt = new HashMap<>();
        run.lake()
                .batches()
                .forEach(batch -> plannedAt.put(
                        batch.metadata().committedAt(), batch.metadata().plannedAt()));
        int[] onTime =
                events.where(event -> events.isOnTime(event) && events.hasDue(event) && events.due(event) >= from);
        Comparator<Integer> slowestFirst = Comparator.comparingLong(event -> events.due(event) - events.visible(event));
        int[] slowest = IntStream.of(onTime)
                .boxed()
                .sorted(slowestFirst)
                .limit(Math.max(1, onTime.length / ONE_IN))
                .mapToInt(Integer::intValue)
                .toArray();
        Arrays.stream(slowest).forEach(event -> {
            long planned = plannedAt.getOrDefault(events.staged(event), events.appended(event));
            beforeKafka += events.appended(event) - events.due(event);
            waiting += planned - events.appended(event);
            inBatch += events.visible(event) - planned;
            count++;
        });
    }

    /** On average, in words. */
    String words() {
        return String.format(
                Locale.ROOT,
                "The slowest hundredth spent %.1f s before Kafka had them, %.1f s waiting for their batch, and %.1f s in it.",
                mean(beforeKafka),
                mean(waiting),
                mean(inBatch));
    }

    private double mean(double millis) {
        return count == 0 ? 0 : millis / count / 1e3;
    }
}
