package io.tributary.ingest.recovery;

import io.tributary.config.DedupScope;
import io.tributary.config.EventConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RecordCondition;
import io.tributary.config.RecordFormat;
import io.tributary.config.TimeFormat;
import io.tributary.ingest.dedup.OnTime;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.offsets.ReadProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where a start of the query resumes, decided from the newest commit metadata in the lake's log.
 *
 * @param checkpoint name of the checkpoint to run on
 * @param state what its deduplication state can know
 * @param beginning where the checkpoint's first batch begins
 * @param after sequence number of the newest batch in the lake; 0 if there is none
 * @param isNew whether the checkpoint begins with this start
 * @param forgotten why the earlier deduplication state is not continued; empty if it is, or if there was none
 */
public record StartPosition(
        String checkpoint,
        DedupStateInfo state,
        CheckpointStart beginning,
        long after,
        boolean isNew,
        Optional<String> forgotten) {

    private static final String NEW_STAGING =
            "the staging table is new and the merged one is not, so the same events may come again";

    /**
     * Continues the checkpoint of the newest batch if it is complete and its state fits the configuration. Otherwise
     * begins a new one at the log's positions. A new state knows no earlier copies, and records since when it knows
     * them.
     *
     * @param isMerged whether the merged table holds events that this staging table's log does not know; asked only if
     *     that log has no batch
     * @param whole where the checkpoint of that batch begins, if it can be continued
     * @param now milliseconds since the epoch
     */
    public static StartPosition decide(
            Optional<BatchMetadata> newest,
            BooleanSupplier isMerged,
            PipelineConfig config,
            Function<BatchMetadata, Optional<CheckpointStart>> whole,
            long now) {
        DedupStateInfo wanted = wanted(config);
        if (newest.isEmpty()) {
            CheckpointStart start = new CheckpointStart(ReadProgress.EMPTY, now);
            return isMerged.getAsBoolean()
                    ? new StartPosition(name(now), wanted.startingAt(now), start, 0, true, Optional.of(NEW_STAGING))
                    : new StartPosition(name(now), wanted, start, 0, true, Optional.empty());
        }
        BatchMetadata last = newest.get();
        List<String> changes = last.state().changes(wanted);
        Optional<CheckpointStart> goesOn = changes.isEmpty() ? whole.apply(last) : Optional.empty();
        if (goesOn.isPresent()) {
            return new StartPosition(
                    last.checkpoint(),
                    wanted.goingOnFrom(last.state()),
                    goesOn.get(),
                    last.sequence(),
                    false,
                    Optional.empty());
        }
        long floor = Math.max(now, last.plannedAt() + 1);
        return new StartPosition(
                name(floor),
                wanted.startingAt(knownSince(floor, last.state(), wanted)),
                new CheckpointStart(last.readProgress(), floor),
                last.sequence(),
                true,
                Optional.of(
                        changes.isEmpty()
                                ? "the checkpoint " + last.checkpoint() + " is gone, damaged or was abandoned"
                                : "the configuration has changed in " + String.join(", ", changes)));
    }

    /** The warning for the operator if the stream begins with an empty deduplication state. */
    public Optional<String> warning() {
        return forgotten.map(why -> "ingest[checkpoint=" + checkpoint + "]: " + why
                + ". So the stream does not remember earlier copies: an event that happened before "
                + Instant.ofEpochMilli(state.since().orElseThrow()).plus(state.allowance())
                + " becomes visible with the next merge, not at once. Nothing is lost, and nothing is visible twice.");
    }

    /**
     * Since when the new state knows all copies. Earlier copies were accepted with the allowance of their day, which
     * may have been larger. The difference is added here, because {@link OnTime} uses only the current allowance.
     */
    private static long knownSince(long floor, DedupStateInfo last, DedupStateInfo wanted) {
        Duration shrunk = last.allowance().minus(wanted.allowance());
        long since = floor + Math.max(0, shrunk.toMillis());
        return Math.max(since, last.since().orElse(since));
    }

    private static DedupStateInfo wanted(PipelineConfig config) {
        return new DedupStateInfo(
                config.dedup().scope().name(),
                config.dedup().window(),
                OnTime.allowance(config),
                config.dedup().statePartitions(),
                config.dedup().stateStore().name(),
                Optional.empty(),
                mapping(config.event(), config.dedup().scope()));
    }

    /**
     * What of the configuration decides which records are events, and the identity and the time of events, as commit metadata
     * say it.
     */
    public static SortedMap<String, String> mapping(EventConfig event, DedupScope scope) {
        SortedMap<String, String> mapping = new TreeMap<>();
        mapping.put("event.id", String.join(" and ", event.id()));
        mapping.put("event.time", event.time());
        mapping.put(
                "event.time_format",
                event.timeFormats().stream().map(TimeFormat::text).collect(Collectors.joining(" or ")));
        mapping.put("event.time_zone", event.timeZone().getId());
        if (event.timeFallback() != EventConfig.TimeFallback.NONE) {
            mapping.put("event.time_fallback", event.timeFallback().name().toLowerCase(Locale.ROOT));
        }
        if (event.onTombstone() != EventConfig.OnTombstone.QUARANTINE) {
            mapping.put("event.on_tombstone", event.onTombstone().name().toLowerCase(Locale.ROOT));
        }
        if (!event.heartbeats().isEmpty()) {
            mapping.put(
                    "event.on_heartbeat.where",
                    event.heartbeats().stream().map(RecordCondition::toString).collect(Collectors.joining(" or ")));
        }
        if (event.registryHeader() != EventConfig.RegistryHeader.QUARANTINE) {
            mapping.put("event.registry_header", event.registryHeader().name().toLowerCase(Locale.ROOT));
        }
        if (!event.format().equals(RecordFormat.JSON)) {
            mapping.put("event.format", format(event.format()));
        }
        if (scope == DedupScope.DATA_CENTER) {
            event.dataCenter().ifPresent(pointer -> mapping.put("event.data_center", pointer));
        }
        return mapping;
    }

    /** A schema may be long, so a hash of it stands for it. */
    private static String format(RecordFormat format) {
        String kind = format.kind().name().toLowerCase(Locale.ROOT);
        return format.schema() == null
                ? kind
                : kind + " by schema " + Integer.toHexString(format.schema().hashCode())
                        + (format.message() == null ? "" : " of " + format.message());
    }

    private static String name(long millis) {
        return "from-" + millis;
    }
}
