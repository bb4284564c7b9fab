package io.tributary.compaction.maintenance;

import static org.apache.spark.sql.functions.lit;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.RowRemoval;
import io.tributary.lake.commit.RowRemoval.Counting;
import io.tributary.schema.ArrivalHour;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops whole dates that the configuration does not keep. What is old is told by the merge watermark, never by a clock. */
final class ExpiredDates {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredDates.class);

    private final SparkSession spark;
    private final PipelineConfig config;
    private final Lake lake;
    private final MergeWatermark watermark;

    ExpiredDates(SparkSession spark, PipelineConfig config, Lake lake, MergeWatermark watermark) {
        this.spark = spark;
        this.config = config;
        this.lake = lake;
        this.watermark = watermark;
    }

    void dropEvents() {
        drop(
                config.retention().events(),
                "retention.events",
                TableDefinition.merged(lake, config.columns()),
                Columns.EVENT_DATE,
                Counting.DATA_CENTERS);
    }

    void dropRejected() {
        drop(
                config.retention().quarantine(),
                "retention.quarantine",
                TableDefinition.quarantine(lake),
                Columns.ARRIVAL_DATE,
                Counting.TOPIC_PARTITIONS);
    }

    private void drop(Optional<Duration> kept, String rule, TableDefinition table, String date, Counting counting) {
        if (kept.isEmpty()) {
            return;
        }
        LocalDate first =
                ArrivalHour.of(watermark.committedAt().minus(kept.get())).date();
        RowRemoval.Outcome dropped = new RowRemoval(spark, table)
                .run(new RowRemoval.Order(
                        0,
                        rule,
                        file -> file.partition()
                                .value(date)
                                .filter(value -> LocalDate.parse(value).isBefore(first))
                                .isPresent(),
                        lit(true),
                        counting));
        if (dropped.rows() > 0) {
            LOG.info("maintenance: {} rows of {} dropped, of dates before {}", dropped.rows(), table.name(), first);
        }
    }
}
