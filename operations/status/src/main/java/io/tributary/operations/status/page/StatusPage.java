package io.tributary.operations.status.page;

import io.tributary.operations.history.History;
import io.tributary.operations.status.ErrorBudget;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.operations.status.ValidThrough;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the status page of a lake, from the ends of the tables' logs and a few bounded counts. It only reads, except for
 * {@link #write}.
 */
public final class StatusPage {

    /** The page is written no more often. */
    private static final Duration MIN_WRITE_INTERVAL = Duration.ofSeconds(10);

    private final SparkSession spark;
    private final Lake lake;
    private final Clock clock;
    private final LakeTailReader reader;
    private final HadoopFiles files;
    private Optional<RowCounts> counts = Optional.empty();

    /** Those beside the tables, as far as is known. */
    private Optional<RowCounts> stored = Optional.empty();

    private Instant written = Instant.MIN;

    /** @param hadoop settings for access to the lake */
    public StatusPage(SparkSession spark, Lake lake, Configuration hadoop, Clock clock) {
        this.spark = spark;
        this.lake = lake;
        this.clock = clock;
        this.reader = new LakeTailReader(lake, hadoop, clock);
        this.files = new HadoopFiles(hadoop);
    }

    /**
     * The page as it is now, about 1 MB of HTML.
     *
     * @throws io.tributary.error.InvalidInputException if there is no lake
     */
    public String html(Objective objective) {
        LakeTail tail = reader.read();
        PipelineStatus status =
                PipelineStatus.of(tail, objective, ErrorBudget.left(objective, reader.sampleOfMonth(), tail.now()));
        count(status);
        return PageTemplate.html(new PageData(
                status,
                HourFlow.of(tail.batches(), status.merge().watermark(), tail.now()),
                counts,
                History.of(tail, lake.names().staging(), lake.names().merged())));
    }

    /** Writes the page beside the tables, unless it was written a moment ago, and what was counted for it. */
    public void write() {
        Instant now = clock.instant();
        if (written.isBefore(now.minus(MIN_WRITE_INTERVAL))) {
            files.write(lake.statusPage(), html(Objective.DEFAULT));
            if (!counts.equals(stored)) {
                counts.ifPresent(counted -> files.write(lake.statusCounts(), RowCountsJson.write(counted)));
                stored = counts;
            }
            written = now;
        }
    }

    private void count(PipelineStatus status) {
        if (isCurrent(counts, status)) {
            return;
        }
        stored = files.isFile(lake.statusCounts())
                ? RowCountsJson.parse(files.readOwn(lake.statusCounts()))
                : Optional.empty();
        counts = isCurrent(stored, status) ? stored : Optional.of(counted(status));
    }

    private static boolean isCurrent(Optional<RowCounts> counts, PipelineStatus status) {
        return counts.filter(last -> last.isCurrent(status.now())).isPresent();
    }

    private RowCounts counted(PipelineStatus status) {
        Map<String, ValidThrough> validThrough = new TreeMap<>();
        status.dataCenters().forEach((name, report) -> validThrough.put(name, report.validThrough()));
        return RowCounts.of(spark, lake, validThrough, status.now(), clock);
    }
}
