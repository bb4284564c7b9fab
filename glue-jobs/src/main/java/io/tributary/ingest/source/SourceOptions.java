package io.tributary.ingest.source;

import io.tributary.config.DataCenterAccess;
import io.tributary.config.SecretGrants;
import io.tributary.offsets.ReadProgress;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What the job tells the source. Spark passes options as text only.
 *
 * @param dataCentersFile URI of the data-centers file, read again at every trigger
 * @param memory URI of the folder that keeps the last known options of each data center
 * @param metadataTimeout how long a trigger waits for the clusters' answers
 * @param maxRecords records that one data center may contribute to one batch
 * @param staging URI of the staging table, whose metadata tell how fast each data center is read
 * @param readingTarget how long the reading of one data center may take
 * @param clockTolerance how far the clock may be behind the last batch
 * @param resume where to begin, from the lake's log; a checkpoint goes before it
 * @param arrivalFloor planning time of the last committed batch, milliseconds since the epoch
 * @param metrics where it is told how the data centers stand
 * @param access what the data centers may use where the job runs
 */
public record SourceOptions(
        String dataCentersFile,
        String memory,
        Duration metadataTimeout,
        long maxRecords,
        String staging,
        Duration readingTarget,
        Duration clockTolerance,
        ReadProgress resume,
        long arrivalFloor,
        MetricsDestination metrics,
        DataCenterAccess access) {

    /** The name under which Spark finds the source. */
    public static final String FORMAT = DataCentersProvider.class.getName();

    public Map<String, String> toOptions() {
        Map<String, String> options = new HashMap<>();
        access.grants().ifPresent(grants -> options.put("secretGrants", grants.toString()));
        options.putAll(Map.of(
                "dataCentersFile",
                dataCentersFile,
                "memory",
                memory,
                "metadataTimeoutMs",
                Long.toString(metadataTimeout.toMillis()),
                "maxRecords",
                Long.toString(maxRecords),
                "staging",
                staging,
                "readingTargetMs",
                Long.toString(readingTarget.toMillis()),
                "clockToleranceMs",
                Long.toString(clockTolerance.toMillis()),
                "resume",
                SourceOffset.startingAt(arrivalFloor, resume).json(),
                "metrics",
                metrics.toString()));
        options.put("runtime", access.runtime().name());
        return options;
    }

    static SourceOptions from(CaseInsensitiveStringMap options) {
        SourceOffset resume = SourceOffset.parse(options.get("resume"));
        return new SourceOptions(
                options.get("dataCentersFile"),
                options.get("memory"),
                Duration.ofMillis(options.getLong("metadataTimeoutMs", 0)),
                options.getLong("maxRecords", 0),
                options.get("staging"),
                Duration.ofMillis(options.getLong("readingTargetMs", 0)),
                Duration.ofMillis(options.getLong("clockToleranceMs", 0)),
                resume.readProgress(),
                resume.plannedAt(),
                MetricsDestination.parse(options.get("metrics")),
                new DataCenterAccess(
                        RuntimeKind.valueOf(options.get("runtime")),
                        Optional.ofNullable(options.get("secretGrants"))
                                .filter(text -> !text.isEmpty())
                                .map(SecretGrants::parse)));
    }
}
