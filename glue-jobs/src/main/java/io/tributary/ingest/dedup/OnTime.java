package io.tributary.ingest.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.DedupStateInfo;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Column;

/**
 * Decides which rows are provably the first copy of their event.
 *
 * <p>Apart from clock errors, no copy arrives before its event happened. A copy whose event time is further ahead of
 * its planning time than {@code event_time.max_ahead} is rejected. So every accepted copy was planned at its own
 * {@code event_time - max_ahead} or later. The times of two copies differ by at most the tolerance. So for a row of
 * event time {@code t} every other copy was planned at {@code t - tolerance - max_ahead} or later. If that lies within
 * the window, the state has seen all copies, and a row that it passes is the first.
 *
 * <p>Hence a row is on time if {@code t >= planned - window + allowance}. The allowance is the tolerance plus the
 * greater of {@code event_time.max_ahead} and {@code dedup.clock_skew}. If the state began later than the window, the
 * row must also satisfy {@code t >= since + allowance}.
 *
 * <p>It follows that no copy, late or on time, arrives before a row that is on time. So the row may be visible at once,
 * and no earlier merge can have merged its event.
 */
public final class OnTime {

    private OnTime() {}

    /** The allowance: what is subtracted from the window when on time is decided. */
    public static Duration allowance(PipelineConfig config) {
        Duration skew = config.dedup().clockSkew();
        Duration ahead = config.eventTime().maxAhead();
        Duration clocks = skew.compareTo(ahead) > 0 ? skew : ahead;
        return clocks.plus(config.dedup().timeTolerance());
    }

    /** A boolean column over decoded rows; false where it cannot be decided. */
    public static Column of(PipelineConfig config, DedupStateInfo state) {
        Duration allowance = allowance(config);
        Column happened = col(Decoding.DECODED).getField(Columns.EVENT_TIME);
        Column oldest = col(SourceColumns.PLANNED_AT)
                .minus(interval(config.dedup().window()))
                .plus(interval(allowance));
        Column inWindow = happened.geq(oldest);
        return state.since()
                .map(since -> inWindow.and(
                        happened.geq(lit(Instant.ofEpochMilli(since).plus(allowance)))))
                .orElse(inWindow);
    }

    private static Column interval(Duration duration) {
        return lit(duration);
    }
}
