package io.tributary.config;

import io.tributary.columns.Columns;
import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A rollup: a table of measures with one row for each time bucket and group of events.
 *
 * @param name of its table
 * @param bucket length of the time buckets, which begin at midnight UTC; it divides a day
 * @param groupBy columns of the event whose values form the groups
 */
public record RollupConfig(String name, Duration bucket, List<String> groupBy, List<MeasureConfig> measures)
        implements Serializable {

    private static final Duration DAY = Duration.ofDays(1);

    public RollupConfig {
        TablesConfig.requireName(name);
        requireBucket(bucket);
        groupBy = List.copyOf(groupBy);
        measures = List.copyOf(measures);
        if (measures.isEmpty()) {
            throw new IllegalArgumentException("a rollup needs at least one measure");
        }
        Set<String> names = new HashSet<>();
        columns(groupBy, measures).forEach(column -> {
            if (!names.add(column)) {
                throw new IllegalArgumentException("two columns of the rollup are called " + Quoted.of(column)
                        + "; a group or a measure is there twice, or a measure is called like another column");
            }
        });
    }

    static Duration parseBucket(String text) {
        return requireBucket(Durations.parsePositive(text));
    }

    /**
     * The definition of the content, without the name of the table. Two rollups with the same definition have the same
     * content.
     */
    public String definition() {
        return "bucket " + bucket + " group by " + groupBy + " measures " + measures;
    }

    /** Whether it groups by a column of the event, or measures it. */
    public boolean uses(String column) {
        return groupBy.contains(column)
                || measures.stream()
                        .anyMatch(measure ->
                                measure.column().filter(column::equals).isPresent());
    }

    private static Duration requireBucket(Duration bucket) {
        Durations.requirePositive(bucket);
        if (DAY.toMillis() % bucket.toMillis() != 0) {
            throw new IllegalArgumentException(
                    bucket + " does not divide a day into equal buckets; write for example 1m, 5m, 1h or 1d");
        }
        return bucket;
    }

    private static List<String> columns(List<String> groupBy, List<MeasureConfig> measures) {
        List<String> columns = new ArrayList<>(List.of(Columns.BUCKET_START, Columns.EVENT_DATE));
        columns.addAll(groupBy);
        measures.forEach(measure -> columns.addAll(measure.columns()));
        return columns;
    }
}
