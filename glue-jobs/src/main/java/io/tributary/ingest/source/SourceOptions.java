package io.tributary.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.account.Positions;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What the job tells the source. Spark passes options as text only.
 *
 * @param dataCentersFile URI of the data-centres file, read again at every trigger
 * @param memory URI of the folder that keeps the last known options of each data centre
 * @param askDeadline how long a trigger waits for the clusters' answers
 * @param maxRecords records that one data centre may contribute to one batch
 * @param resume the positions to begin at, from the lake's log; those of a checkpoint go before them
 * @param arrivalFloor planning time of the last committed batch, milliseconds since the epoch
 */
public record SourceOptions(
        String dataCentersFile,
        String memory,
        Duration askDeadline,
        long maxRecords,
        Positions resume,
        long arrivalFloor) {

    /** The name under which Spark finds the source. */
    public static final String FORMAT = DataCentersProvider.class.getName();

    public Map<String, String> toOptions() {
        return Map.of(
                "dataCentersFile", dataCentersFile,
                "memory", memory,
                "askDeadlineMs", Long.toString(askDeadline.toMillis()),
                "maxRecords", Long.toString(maxRecords),
                "resume", resume.toJson().toString(),
                "arrivalFloor", Long.toString(arrivalFloor));
    }

    static SourceOptions from(CaseInsensitiveStringMap options) {
        try {
            return new SourceOptions(
                    options.get("dataCentersFile"),
                    options.get("memory"),
                    Duration.ofMillis(options.getLong("askDeadlineMs", 0)),
                    options.getLong("maxRecords", 0),
                    Positions.fromJson(new ObjectMapper().readTree(options.get("resume"))),
                    options.getLong("arrivalFloor", 0));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the option resume is not JSON", e);
        }
    }
}
