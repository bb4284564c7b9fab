package io.tributary.ingest.decode;

import io.tributary.config.ColumnConfig;
import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.config.TimeFormat;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoding part of the configuration, in a form that is sent to executors.
 *
 * @param dataCenter pointer to the data center that an event belongs to; null: the one that delivered it
 */
record DecodeRules(
        String id,
        String time,
        String type,
        String dataCenter,
        List<TimeFormat> timeFormats,
        ZoneId zone,
        List<ColumnConfig> columns,
        Duration maxAge,
        Duration maxAhead,
        DedupScope scope)
        implements Serializable {

    static DecodeRules of(PipelineConfig config) {
        return new DecodeRules(
                config.event().id(),
                config.event().time(),
                config.event().type(),
                config.event().dataCenter().orElse(null),
                new ArrayList<>(config.event().timeFormats()),
                config.event().timeZone(),
                new ArrayList<>(config.columns()),
                config.eventTime().maxAge(),
                config.eventTime().maxAhead(),
                config.dedup().scope());
    }
}
