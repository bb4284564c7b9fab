package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.columns.Columns;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.log.ActionLog;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.CommitActions;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.log.TableFiles;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the staging rows that a merge takes in. Commits since the merge before say in which files they are, so that
 * neither Spark nor Delta has to work out the table's state to find them. Where the log does not tell, the table does.
 */
final class StagedRows {

    private static final Logger LOG = LoggerFactory.getLogger(StagedRows.class);

    /** More commits are read faster by Spark, with the whole state. */
    private static final int COMMITS_TO_READ = 200;

    private final SparkSession spark;
    private final String staging;
    private final ActionLog log;

    StagedRows(SparkSession spark, String staging) {
        this.spark = spark;
        this.staging = staging;
        this.log = new ActionLog(staging, spark.sessionState().newHadoopConf());
    }

    /** The rows of the plan, in the merged table's columns; the same however often they are read. */
    Dataset<Row> of(MergePlan plan) {
        return newFiles(plan)
                .map(files -> TableFiles.ofNewest(spark, staging).rows(files))
                .orElseGet(() -> all(plan))
                .where(col(Columns.ARRIVED_AT).gt(lit(plan.before().committedAt())))
                .where(col(Columns.ARRIVED_AT).leq(lit(plan.after().committedAt())))
                .drop(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR);
    }

    private Optional<List<AddAction>> newFiles(MergePlan plan) {
        try {
            return commits(plan).flatMap(StagedFiles::of);
        } catch (OperatorActionException e) {
            LOG.warn(
                    "merge: the new rows are looked for in the whole table, since the log does not tell: {}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<List<CommitActions>> commits(MergePlan plan) {
        if (plan.stagedBefore().isEmpty()
                || plan.stagingVersion() - plan.stagedBefore().get() > COMMITS_TO_READ) {
            return Optional.empty();
        }
        List<CommitActions> commits = new ArrayList<>();
        for (long version = plan.stagedBefore().get() + 1; version <= plan.stagingVersion(); version++) {
            Optional<CommitActions> actions = log.actions(version);
            if (actions.isEmpty()) {
                return Optional.empty();
            }
            commits.add(actions.get());
        }
        return Optional.of(commits);
    }

    private Dataset<Row> all(MergePlan plan) {
        LocalDate firstDay = LocalDate.ofInstant(plan.before().committedAt(), ZoneOffset.UTC);
        return DeltaTables.at(spark, staging, plan.stagingVersion())
                .where(col(Columns.ARRIVAL_DATE).geq(lit(firstDay)));
    }
}
