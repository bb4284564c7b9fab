package io.tributary.ingest.decode;

import io.tributary.config.ColumnConfig;
import io.tributary.config.DedupScope;
import io.tributary.config.EventConfig;
import io.tributary.config.EventOverrides;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RecordCondition;
import io.tributary.config.RecordFormat;
import io.tributary.config.TimeFormat;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decoding part of the configuration, in a form that is sent to executors.
 *
 * @param id at least one place
 * @param dataCenter place of the data center that an event belongs to; null: the one that delivered it
 */
record DecodeRules(
        List<String> id,
        String time,
        String type,
        String dataCenter,
        List<TimeFormat> timeFormats,
        ZoneId zone,
        EventConfig.TimeFallback timeFallback,
        EventConfig.OnTombstone onTombstone,
        List<RecordCondition> heartbeats,
        EventConfig.RegistryHeader registryHeader,
        RecordFormat format,
        List<ColumnConfig> columns,
        Duration maxAge,
        Duration maxAhead,
        DedupScope scope)
        implements Serializable {

    static DecodeRules of(PipelineConfig config) {
        return of(
                config.event(),
                config.columns(),
                config.eventTime().maxAge(),
                config.eventTime().maxAhead(),
                config.dedup().scope());
    }

    private static DecodeRules of(
            EventConfig event, List<ColumnConfig> columns, Duration maxAge, Duration maxAhead, DedupScope scope) {
        return new DecodeRules(
                new ArrayList<>(event.id()),
                event.time(),
                event.type(),
                event.dataCenter().orElse(null),
                new ArrayList<>(event.timeFormats()),
                event.timeZone(),
                event.timeFallback(),
                event.onTombstone(),
                new ArrayList<>(event.heartbeats()),
                event.registryHeader(),
                event.format(),
                new ArrayList<>(columns),
                maxAge,
                maxAhead,
                scope);
    }

    /** For the records of a topic of a data center that maps them in its own way. */
    DecodeRules with(EventOverrides overrides, String topic) {
        return of(overrides.over(event(format), topic), columns, maxAge, maxAhead, scope);
    }

    /** For records that are JSON, whatever the format is elsewhere. */
    DecodeRules ofJson() {
        return of(event(RecordFormat.JSON), columns, maxAge, maxAhead, scope);
    }

    private EventConfig event(RecordFormat ofRecords) {
        return new EventConfig(
                id,
                time,
                type,
                Optional.ofNullable(dataCenter),
                timeFormats,
                zone,
                timeFallback,
                onTombstone,
                heartbeats,
                registryHeader,
                ofRecords);
    }
}
