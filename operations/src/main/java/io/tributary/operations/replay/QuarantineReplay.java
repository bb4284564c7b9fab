package io.tributary.operations.replay;

import io.tributary.config.PipelineConfig;
import io.tributary.lake.replay.ReplayRequest;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A replay of records of the quarantine: what would become of them, and the request. */
public final class QuarantineReplay {

    private final Quarantine quarantine;
    private final QuarantineFilter filter;
    private final PipelineConfig config;
    private final Instant now;

    public QuarantineReplay(Quarantine quarantine, QuarantineFilter filter, PipelineConfig config, Instant now) {
        this.quarantine = quarantine;
        this.filter = filter;
        this.config = config;
        this.now = now;
    }

    /** What the pipeline's decoder would make of them with this configuration, now. */
    public DecodePreview preview() {
        return DecodePreview.of(quarantine.rows(filter), config, now);
    }

    /** Asks the stream to read them. */
    public ReplayRequest request(ReplayWriter writer, ReplayWriter.Author author) {
        List<Quarantine.Group> groups = quarantine.groups(filter);
        SortedMap<String, Long> counts = new TreeMap<>();
        groups.forEach(group -> counts.merge(group.reason(), group.records(), Long::sum));
        return writer.quarantined(
                quarantine,
                filter,
                counts,
                groups.stream()
                        .map(Quarantine.Group::dataCenter)
                        .distinct()
                        .sorted()
                        .toList(),
                author);
    }
}
