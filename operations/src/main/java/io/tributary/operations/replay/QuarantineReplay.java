package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;

import io.tributary.columns.Columns;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** A replay of records of the quarantine: what would become of them, and the request. */
public final class QuarantineReplay {

    private final QuarantineFiles files;
    private final Quarantine quarantine;
    private final QuarantineFilter filter;

    /** Of the records in these files. */
    public QuarantineReplay(SparkSession spark, Lake lake, QuarantineFiles files, QuarantineFilter filter) {
        this.files = files;
        this.quarantine = new Quarantine(spark, lake, files);
        this.filter = filter;
    }

    /** What the pipeline's decoder would make of them with this configuration, now. */
    public DecodePreview preview(PipelineConfig config, DataCenters centers, LakeEvents lake, Instant now) {
        return DecodePreview.of(
                quarantine
                        .rows(filter)
                        .select(
                                col(Columns.KAFKA_CLUSTER),
                                col(Columns.KAFKA_TOPIC),
                                col(Columns.KAFKA_TIMESTAMP),
                                col(Columns.KAFKA_KEY).as(SourceColumns.KEY),
                                col(Columns.KAFKA_HEADERS).as(SourceColumns.HEADERS),
                                col(Columns.RAW).as(SourceColumns.VALUE)),
                config,
                centers,
                lake,
                now);
    }

    /** Asks the stream to read them. */
    public ReplayRequest request(ReplayWriter writer, ReplayWriter.Author author) {
        List<QuarantineFiles.Group> groups = files.groups(filter);
        SortedMap<String, Long> counts = new TreeMap<>();
        groups.forEach(group -> counts.merge(group.reason(), group.records(), Long::sum));
        return writer.quarantined(
                quarantine,
                filter,
                counts,
                groups.stream()
                        .map(QuarantineFiles.Group::dataCenter)
                        .distinct()
                        .sorted()
                        .toList(),
                author);
    }
}
