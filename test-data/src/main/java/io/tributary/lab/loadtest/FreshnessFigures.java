package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lab.profile.Profile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;

/** How fresh the events of a run were, of those that were due after the warm-up. */
final class FreshnessFigures {

    private static final int DIGITS = 3;
    private static final double MILLIS = 1e3;

    /** The upper bounds of the heat map's rows, in milliseconds; the last row has none. */
    private static final List<Long> ROWS = List.of(
            500L, 1_000L, 2_000L, 3_000L, 4_000L, 5_000L, 6_000L, 8_000L, 10_000L, 15_000L, 20_000L, 30_000L, 60_000L);

    private final Profile profile;
    private final EventTimes events;
    private final long startMillis;
    private final int[] measured;

    FreshnessFigures(Profile profile, EventTimes events, LoadStart start) {
        this.profile = profile;
        this.events = events;
        this.startMillis = start.millis();
        long from = start.millis() + profile.warmUp().toMillis();
        this.measured = events.where(event -> events.hasDue(event) && events.due(event) >= from);
    }

    /** From due to visible, of the events on time. */
    Histogram dueOnTime() {
        return histogram(events::isOnTime, this::sinceDue);
    }

    /** The same of those of one phase. */
    Histogram dueOnTime(int phase) {
        long from = startMillis + profile.beginOf(phase).toMillis();
        long until = from + profile.phases().get(phase).duration().toMillis();
        return histogram(
                event -> events.isOnTime(event) && events.due(event) >= from && events.due(event) < until,
                this::sinceDue);
    }

    /** From due to visible, of the events on time of all data centers but one that were due in a stretch of the load. */
    Histogram dueOnTimeOfOthers(String dataCenter, Duration from, Duration until) {
        int left = profile.dataCenters().indexOf(dataCenter);
        return histogram(
                event -> events.isOnTime(event)
                        && events.dataCenter(event) != left
                        && events.due(event) >= startMillis + from.toMillis()
                        && events.due(event) < startMillis + until.toMillis(),
                this::sinceDue);
    }

    /** From the append in Kafka to visible, of the events on time. */
    Histogram appendOnTime() {
        return histogram(events::isOnTime, event -> events.visible(event) - events.appended(event));
    }

    /** From due to visible, late events included, which wait for a merge. */
    Histogram dueAll() {
        return histogram(event -> true, this::sinceDue);
    }

    private long sinceDue(int event) {
        return events.visible(event) - events.due(event);
    }

    private Histogram histogram(IntPredicate which, IntToLongFunction millis) {
        Histogram histogram = new Histogram(DIGITS);
        for (int event : measured) {
            if (which.test(event)) {
                histogram.recordValue(Math.max(0, millis.applyAsLong(event)));
            }
        }
        return histogram;
    }

    /** When the last event that was due by a moment of the load became visible, from the start of the load. */
    Duration lastVisibleDueBy(Duration moment) {
        long until = startMillis + moment.toMillis();
        long last = Arrays.stream(measured)
                .filter(event -> events.due(event) <= until)
                .mapToLong(events::visible)
                .max()
                .orElse(until);
        return Duration.ofMillis(last - startMillis);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("due_on_time", Percentiles.json(dueOnTime(), MILLIS));
        json.set("append_on_time", Percentiles.json(appendOnTime(), MILLIS));
        json.set("due_all", Percentiles.json(dueAll(), MILLIS));
        ObjectNode byDataCenter = json.putObject("data_centers");
        for (int i = 0; i < profile.dataCenters().size(); i++) {
            int index = i;
            byDataCenter.set(
                    profile.dataCenters().get(i),
                    Percentiles.json(
                            histogram(
                                    event -> events.isOnTime(event) && events.dataCenter(event) == index,
                                    this::sinceDue),
                            MILLIS));
        }
        return json;
    }

    ObjectNode curves() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("due_on_time", Percentiles.curve(dueOnTime(), MILLIS));
        json.set("append_on_time", Percentiles.curve(appendOnTime(), MILLIS));
        json.set("due_all", Percentiles.curve(dueAll(), MILLIS));
        return json;
    }

    /** Percentiles from due to visible of the events on time, warm-up included, by when they were due. */
    ArrayNode overTime() {
        OverTime overTime = new OverTime(startMillis, Buckets.of(profile).toMillis());
        for (int event : drawn()) {
            overTime.add(events.due(event), sinceDue(event));
        }
        return overTime.json();
    }

    /** How many events on time took how long, by when they were due: triples of stretch, row and count. */
    ObjectNode heatMap() {
        long bucket = Buckets.of(profile).toMillis();
        int columns = (int) (profile.duration().toMillis() / bucket) + 1;
        int[][] counts = new int[columns][ROWS.size() + 1];
        for (int event : drawn()) {
            int column = (int) Math.min(columns - 1L, Math.max(0, (events.due(event) - startMillis) / bucket));
            int row = 0;
            while (row < ROWS.size() && sinceDue(event) > ROWS.get(row)) {
                row++;
            }
            counts[column][row]++;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bucket", bucket / MILLIS);
        ArrayNode rows = json.putArray("rows");
        ROWS.forEach(bound -> rows.add(bound / MILLIS));
        ArrayNode cells = json.putArray("cells");
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row <= ROWS.size(); row++) {
                if (counts[column][row] > 0) {
                    cells.addArray().add(column).add(row).add(counts[column][row]);
                }
            }
        }
        return json;
    }

    private int[] drawn() {
        return events.where(
                event -> events.hasDue(event) && events.isOnTime(event) && events.due(event) >= startMillis);
    }
}
