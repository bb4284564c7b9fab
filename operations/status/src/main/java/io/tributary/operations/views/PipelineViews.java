package io.tributary.operations.views;

import io.tributary.config.TablesConfig;
import io.tributary.lake.status.StreamStatus;
import io.tributary.operations.history.History;
import io.tributary.operations.history.HistoryEntry;
import io.tributary.operations.history.HistoryEntry.Kind;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/** The two views, from the ends of the tables' logs. They change only with these, so that a run without news writes nothing. */
public final class PipelineViews {

    private static final int MAX_DATA_CENTERS = 1000;
    private static final int MAX_BATCHES = 100;
    private static final int MAX_OTHERS = 200;
    private static final int MAX_CHARACTERS = 300;

    private PipelineViews() {}

    /** Both. */
    public static List<ValuesView> of(LakeTail tail, Lake lake) {
        return List.of(status(tail), log(tail, lake));
    }

    /** Up to when everything that each data center has sent is queryable. */
    private static ValuesView status(LakeTail tail) {
        Instant asOf = Stream.of(
                        tail.batches().stream().map(batch -> Instant.ofEpochMilli(batch.committedAt())),
                        tail.merges().stream().map(LakeTail.Merge::at),
                        tail.stream().stream().map(StreamStatus::at))
                .flatMap(times -> times)
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<List<Object>> rows = new ArrayList<>();
        PipelineStatus.of(tail, Objective.DEFAULT, OptionalDouble.empty()).dataCenters().entrySet().stream()
                .limit(MAX_DATA_CENTERS)
                .forEach(entry -> rows.add(Arrays.asList(
                        entry.getKey(),
                        entry.getValue().validThrough().staged().orElse(null),
                        entry.getValue().validThrough().merged().orElse(null),
                        asOf)));
        return new ValuesView(
                TablesConfig.STATUS_VIEW,
                List.of(
                        column("data_center", DataTypes.StringType, "Its name in the data-centers file"),
                        column(
                                "valid_through",
                                DataTypes.TimestampType,
                                "Everything that it sent until then is queryable: on time in events, late in events_raw"),
                        column(
                                "merged_through",
                                DataTypes.TimestampType,
                                "Everything that it sent until then is in events"),
                        column(
                                "as_of",
                                DataTypes.TimestampType,
                                "When the newest batch or merge was committed, or the stream last said how it does")),
                rows);
    }

    /** What happened last, newest first. */
    private static ValuesView log(LakeTail tail, Lake lake) {
        List<HistoryEntry> all =
                History.of(tail, lake.names().staging(), lake.names().merged());
        List<List<Object>> rows = Stream.concat(
                        all.stream().filter(entry -> entry.kind() == Kind.BATCH).limit(MAX_BATCHES),
                        all.stream().filter(entry -> entry.kind() != Kind.BATCH).limit(MAX_OTHERS))
                .sorted(Comparator.comparing(HistoryEntry::at).reversed())
                .map(entry -> Arrays.<Object>asList(
                        entry.at(),
                        entry.kind().word(),
                        entry.dataCenter().orElse(null),
                        entry.table(),
                        shortened(entry.words())))
                .toList();
        return new ValuesView(
                TablesConfig.LOG_VIEW,
                List.of(
                        column("at", DataTypes.TimestampType, "When it happened"),
                        column("kind", DataTypes.StringType, "What kind of event, as tributary log names it"),
                        column("data_center", DataTypes.StringType, "Whose; null if it concerns the lake"),
                        column("commit_id", DataTypes.StringType, "Table and version of the commit that tells"),
                        column("what", DataTypes.StringType, "What happened, in words")),
                rows);
    }

    private static String shortened(String words) {
        return words.length() <= MAX_CHARACTERS ? words : words.substring(0, MAX_CHARACTERS) + " …";
    }

    private static StructField column(String name, DataType type, String comment) {
        return new StructField(
                name,
                type,
                true,
                new MetadataBuilder().putString("comment", comment).build());
    }
}
