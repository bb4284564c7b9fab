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
 * Tells which rows are provably the first copy of their event.
 *
 * <p>No copy arrives before the event happened, save for the clocks: a copy whose event time is further ahead of its
 * arrival than {@code event_time.max_ahead} is refused, so every copy that was ever taken in arrived at its own
 * {@code event_time - max_ahead} or later. The times of two copies differ by the tolerance at most, so for a row of event
 * time {@code t} every other copy arrived at {@code t - tolerance - max_ahead} or later. If that lies within the window,
 * the state has seen all copies, and a row that it lets through is the first. Hence a row is on time if
 * {@code t >= planned - window + allowance}, where the allowance is the tolerance and the greater of
 * {@code event_time.max_ahead} and {@code dedup.clock_skew}.
 *
 * <p>It follows that no copy arrives before a row on time, whether late or on time itself, so the row may be shown at
 * once and no merge will ever have merged its event before.
 */
public final class OnTime {

    private OnTime() {}

    /** The allowance of a configuration: what it takes off the window at the event's side. */
    public static Duration allowance(PipelineConfig config) {
        Duration skew = config.dedup().clockSkew();
        Duration ahead = config.eventTime().maxAhead();
        Duration clocks = skew.compareTo(ahead) > 0 ? skew : ahead;
        return clocks.plus(config.dedup().timeTolerance());
    }

    /** Boolean column over decoded rows; false where it cannot be told. */
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
