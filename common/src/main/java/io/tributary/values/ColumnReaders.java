package io.tributary.values;

import io.tributary.config.ColumnConfig;
import io.tributary.config.EventConfig;
import io.tributary.config.EventOverrides;
import io.tributary.config.TimeFormat;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads columns from stored payloads as the mapping of the data center and topic that delivered them says, in a form that
 * is sent to executors.
 */
public final class ColumnReaders implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How times are written. */
    private record Times(ArrayList<TimeFormat> formats, ZoneId zone) implements Serializable {

        static Times of(EventConfig event) {
            return new Times(new ArrayList<>(event.timeFormats()), event.timeZone());
        }
    }

    /** @param topic null: those topics of which nothing is said */
    private record Source(String dataCenter, String topic) implements Serializable {}

    private final ArrayList<ColumnConfig> columns;
    private final Times common;
    private final HashMap<Source, Times> others = new HashMap<>();
    private transient Map<Times, PayloadColumns> readers;

    /**
     * @param columns whose places are in the value
     * @param overrides what data centers say of {@code event} in place of it
     */
    public ColumnReaders(List<ColumnConfig> columns, EventConfig event, Map<String, EventOverrides> overrides) {
        this.columns = new ArrayList<>(columns);
        this.common = Times.of(event);
        overrides.forEach((dataCenter, own) -> {
            others.put(new Source(dataCenter, null), Times.of(own.over(event, null)));
            own.topics()
                    .keySet()
                    .forEach(topic -> others.put(new Source(dataCenter, topic), Times.of(own.over(event, topic))));
        });
    }

    /** The columns, in the order of the readings. */
    public List<ColumnConfig> columns() {
        return List.copyOf(columns);
    }

    /** The reader of what a data center delivered in a topic. */
    public PayloadColumns of(String dataCenter, String topic) {
        if (readers == null) {
            readers = new HashMap<>();
        }
        Times times = others.getOrDefault(
                new Source(dataCenter, topic), others.getOrDefault(new Source(dataCenter, null), common));
        return readers.computeIfAbsent(times, own -> new PayloadColumns(columns, own.formats(), own.zone()));
    }
}
