package io.tributary.lab.loadtest;

import io.tributary.lab.evaluate.FirstShown;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.profile.Phase;
import io.tributary.lab.profile.Profile;
import io.tributary.lab.profile.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Events of a run as they would be seen, without a pipeline: one each hundred milliseconds and data center. */
final class GeneratedRun {

    static final LoadStart START = new LoadStart(0, 1_000_000_000_000L);
    private static final long EVERY = 100;

    private GeneratedRun() {}

    /** A profile of phases of 20 s with these rates; the first 5 s are warm-up. */
    static Profile profile(int... rates) {
        List<Phase> phases = new ArrayList<>();
        for (int rate : rates) {
            phases.add(new Phase(
                    "at " + rate,
                    Duration.ofSeconds(20),
                    new TreeMap<>(java.util.Map.of("dc1", rate, "dc2", 0)),
                    new Shares(0, 0, 0)));
        }
        return new Profile(
                "generated",
                "",
                "",
                List.of("dc1", "dc2"),
                Duration.ofSeconds(5),
                TextSize.DEFAULT,
                phases,
                List.of(),
                new Targets(
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "");
    }

    /**
     * Events on time of both data centers.
     *
     * @param latency from due to visible in milliseconds, by when an event was due, in milliseconds from the start
     */
    static EventTimes events(Profile profile, LongUnaryOperator latency) {
        EventTimes events = new EventTimes();
        for (long due = 0; due < profile.duration().toMillis(); due += EVERY) {
            for (int dataCenter = 0; dataCenter < 2; dataCenter++) {
                add(events, due, due + 20, due + latency.applyAsLong(due), true, dataCenter);
            }
        }
        return events;
    }

    /** Adds an event with its times in milliseconds from the start. */
    static void add(EventTimes events, long due, long appended, long visible, boolean isOnTime, int dataCenter) {
        long start = START.millis();
        events.shown(
                new FirstShown.Times((start + due) * 1_000, start + appended, start + visible - 1, start + visible),
                isOnTime,
                dataCenter);
    }

    /** Send times of a generator that is late by this much in each phase, in milliseconds. */
    static SendTimes times(Profile profile, long... lateMillis) {
        SendTimes times = new SendTimes(profile.warmUp());
        for (int phase = 0; phase < profile.phases().size(); phase++) {
            long late = lateMillis.length > phase ? lateMillis[phase] : 1;
            for (int i = 0; i < 200; i++) {
                times.add(phase, profile.beginOf(phase).toNanos() + i * 100_000_000L, late * 1_000_000);
            }
        }
        return times;
    }
}
