package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lab.profile.Profile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lag of each data center, second by second: how old the oldest event on time is that Kafka holds and no query shows,
 * in seconds since its append.
 */
final class LagFigures {

    private static final int SECOND = 1_000;

    /** As many seconds as a trigger takes in the lab. */
    private static final int SWING = 5;

    private final Profile profile;
    private final double[][] lag;

    LagFigures(Profile profile, EventTimes events, LoadStart start) {
        this.profile = profile;
        int last = IntStream.range(0, events.size())
                .mapToObj(event -> (int) ((events.visible(event) - start.millis()) / SECOND))
                .max(Integer::compare)
                .orElse(0);
        int seconds = (int) Math.max(profile.duration().toSeconds(), last) + 2;
        this.lag = new double[profile.dataCenters().size()][seconds];
        long[][] visibleByAppend = new long[lag.length][seconds];
        for (int event = 0; event < events.size(); event++) {
            int second = (int) Math.floorDiv(events.appended(event) - start.millis(), SECOND);
            int dataCenter = events.dataCenter(event);
            if (events.isOnTime(event) && dataCenter >= 0 && second >= 0 && second < seconds) {
                visibleByAppend[dataCenter][second] =
                        Math.max(visibleByAppend[dataCenter][second], events.visible(event) - start.millis());
            }
        }
        for (int dataCenter = 0; dataCenter < lag.length; dataCenter++) {
            for (int now = 0; now < seconds; now++) {
                for (int second = 0; second < now && lag[dataCenter][now] == 0; second++) {
                    if (visibleByAppend[dataCenter][second] > (long) now * SECOND) {
                        lag[dataCenter][now] = now - second;
                    }
                }
            }
        }
    }

    /** The greatest of all data centers, second by second from the start of the load. */
    double[] greatest() {
        double[] greatest = new double[lag.length == 0 ? 0 : lag[0].length];
        for (double[] one : lag) {
            for (int now = 0; now < greatest.length; now++) {
                greatest[now] = Math.max(greatest[now], one[now]);
            }
        }
        return greatest;
    }

    /**
     * By how many seconds a second the greatest lag grows between two moments: the median of the slopes of all pairs of
     * means over {@link #SWING} seconds, so that the swing from batch to batch is none.
     */
    double slope(Duration from, Duration until) {
        int blocks = (clip(until) - clip(from)) / SWING;
        double[] means = IntStream.range(0, blocks)
                .mapToDouble(
                        block -> Arrays.stream(greatest(), clip(from) + block * SWING, clip(from) + (block + 1) * SWING)
                                .average()
                                .orElseThrow())
                .toArray();
        double[] slopes = IntStream.range(0, blocks)
                .boxed()
                .flatMapToDouble(one -> IntStream.range(one + 1, blocks)
                        .mapToDouble(other -> (means[other] - means[one]) / ((other - one) * SWING)))
                .sorted()
                .toArray();
        return slopes.length == 0 ? 0 : slopes[slopes.length / 2];
    }

    /** The median of the greatest lag between two moments. */
    double median(Duration from, Duration until) {
        double[] part = Arrays.stream(greatest(), clip(from), Math.max(clip(from), clip(until)))
                .sorted()
                .toArray();
        return part.length == 0 ? 0 : part[part.length / 2];
    }

    private int clip(Duration moment) {
        return (int) Math.min(lag.length == 0 ? 0 : lag[0].length, Math.max(0, moment.toSeconds()));
    }

    /** Seconds of lag by data center, one value a second. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<String> names = profile.dataCenters();
        for (int i = 0; i < names.size(); i++) {
            ArrayNode values = json.putArray(names.get(i));
            Arrays.stream(lag[i]).forEach(values::add);
        }
        return json;
    }
}
