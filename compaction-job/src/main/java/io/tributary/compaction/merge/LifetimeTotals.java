package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.col;

import io.tributary.columns.Columns;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.FillMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.MergeMetadata.Lifetime;
import io.tributary.lake.commit.RemovalMetadata;
import io.tributary.lake.log.ActionLog;
import io.tributary.lake.log.CommitActions;
import io.tributary.lake.log.PartitionValues;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Carries the running totals of the merged table from merge to merge. */
final class LifetimeTotals {

    private static final String OPTIMIZE = "OPTIMIZE";

    private final CommitLog log;
    private final ActionLog actions;
    private final LongFunction<Dataset<Row>> tableAt;

    /** @param tableAt the merged table at a version */
    LifetimeTotals(String table, Configuration hadoop, LongFunction<Dataset<Row>> tableAt) {
        this.log = new CommitLog(table, hadoop);
        this.actions = new ActionLog(table, hadoop);
        this.tableAt = tableAt;
    }

    /**
     * The totals at a version. A pure sum as long as nobody but merges changes rows: rows that get lost otherwise, by a
     * damaged log or a defect, must not change what the totals say.
     */
    Lifetime at(long version) {
        Optional<Lifetime> last = Optional.empty();
        boolean othersChangedRows = false;
        long removed = 0;
        for (long v = version; v > last.map(Lifetime::version).orElse(-1L); v--) {
            Optional<Commit> commit = log.commit(v);
            if (commit.isEmpty()) {
                break; // Expired.
            }
            if (commit.get().metadata().orElse(null) instanceof MergeMetadata merge) {
                if (last.isEmpty() && merge.lifetime().isEmpty()) {
                    break;
                }
                last = last.isPresent() ? last : merge.lifetime();
            } else if (commit.get().metadata().orElse(null) instanceof RemovalMetadata removal) {
                removed += removal.rows();
            } else if (!commit.get().operation().equals(OPTIMIZE)
                    && !(commit.get().metadata().orElse(null) instanceof FillMetadata)) {
                othersChangedRows |=
                        actions.actions(v).filter(LifetimeTotals::changesEvents).isPresent();
            }
        }
        if (last.isEmpty()) {
            return Lifetime.startingWith(rows(version), version);
        }
        return othersChangedRows
                ? last.get().recounted(rows(version), version)
                : last.get().without(removed, version);
    }

    private static boolean changesEvents(CommitActions actions) {
        return actions.added().stream().anyMatch(file -> file.changesData() && isOfEvents(file.partition()))
                || actions.removed().stream().anyMatch(file -> file.changesData() && isOfEvents(file.partition()));
    }

    /** The merge watermark's rows have no date. What a writer leaves out may be anything. */
    private static boolean isOfEvents(PartitionValues partition) {
        return !partition.names(Columns.EVENT_DATE)
                || partition.value(Columns.EVENT_DATE).isPresent();
    }

    /** By the files' statistics, which cost no reading of data. */
    private long rows(long version) {
        Dataset<Row> table = tableAt.apply(version);
        return table.count() - table.where(col(Columns.EVENT_DATE).isNull()).count();
    }
}
