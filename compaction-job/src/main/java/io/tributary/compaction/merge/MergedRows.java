package io.tributary.compaction.merge;

import io.tributary.columns.Columns;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.TableFiles;
import io.tributary.lake.log.TimeSpan;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads of the merged table the few files that late rows have to be compared with. */
final class MergedRows {

    private final SparkSession spark;
    private final String merged;

    MergedRows(SparkSession spark, String merged) {
        this.spark = spark;
        this.merged = merged;
    }

    /**
     * All rows whose event time lies in the span of its date, and others that share their files. They are those of the
     * newest version: had another merge been committed since the plan, this one would not be.
     *
     * <p>The files are chosen here, since with a condition on so many spans Spark and Delta would take longer to plan
     * than to compare.
     */
    Dataset<Row> within(SortedMap<LocalDate, TimeSpan> spans) {
        TableFiles files = TableFiles.ofNewest(spark, merged);
        List<String> dates = spans.keySet().stream().map(LocalDate::toString).toList();
        return files.rows(files.inPartitions(Columns.EVENT_DATE, dates).stream()
                .filter(file -> mayHoldRows(file, spans))
                .toList());
    }

    private static boolean mayHoldRows(AddAction file, SortedMap<LocalDate, TimeSpan> spans) {
        String date = file.partition().value(Columns.EVENT_DATE).orElseThrow();
        TimeSpan span = spans.get(LocalDate.parse(date));
        return file.statistics().mayHold(Columns.EVENT_TIME, span.first(), span.last());
    }
}
