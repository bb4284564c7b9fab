package io.tributary.offsets;

/**
 * What became of the records of one offset range in one batch.
 *
 * @param from first offset, inclusive
 * @param until last offset, exclusive
 * @param read records that Kafka returned; fewer than {@code until - from} where offsets hold no record
 * @param staged records that became rows of the staging table
 * @param duplicate records whose identity the deduplication state knew
 * @param quarantined rejected records
 * @param castFailures values that did not fit the type of their column and became null
 * @param millis how long the task waited for Kafka
 * @param implausibleTimestamps rows whose Kafka timestamp is not a plausible time and is not kept
 * @param leaderEpoch of the last record that was read, by which the client detects a truncated log; -1 if it is unknown
 * @param erased records whose event was erased; they are in no table
 * @param withoutEvent records that a rule passes over, such as tombstones and heartbeats; they are in no table
 */
public record RangeStats(
        long from,
        long until,
        long read,
        long staged,
        long duplicate,
        long quarantined,
        long castFailures,
        long millis,
        long implausibleTimestamps,
        int leaderEpoch,
        long erased,
        long withoutEvent) {

    public static final RangeStats EMPTY = new RangeStats(0, 0, 0, 0, 0, 0, 0, 0);

    /** A range without implausible timestamps, whose leader epoch is unknown. */
    public RangeStats(
            long from,
            long until,
            long read,
            long staged,
            long duplicate,
            long quarantined,
            long castFailures,
            long millis) {
        this(from, until, read, staged, duplicate, quarantined, castFailures, millis, 0, -1, 0, 0);
    }

    /** A range of which nothing was erased. */
    public RangeStats(
            long from,
            long until,
            long read,
            long staged,
            long duplicate,
            long quarantined,
            long castFailures,
            long millis,
            long implausibleTimestamps,
            int leaderEpoch) {
        this(
                from,
                until,
                read,
                staged,
                duplicate,
                quarantined,
                castFailures,
                millis,
                implausibleTimestamps,
                leaderEpoch,
                0,
                0);
    }

    public RangeStats {
        if (read != staged + duplicate + quarantined + erased + withoutEvent) {
            throw new IllegalArgumentException("counts do not balance: read " + read + ", staged " + staged
                    + ", duplicate " + duplicate + ", quarantined " + quarantined + ", erased " + erased
                    + ", without event " + withoutEvent);
        }
    }

    /** The totals of two ranges. The offsets span both, and are meaningful only if the ranges are adjacent. */
    public RangeStats plus(RangeStats other) {
        return new RangeStats(
                read == 0 && until == from ? other.from : from,
                Math.max(until, other.until),
                read + other.read,
                staged + other.staged,
                duplicate + other.duplicate,
                quarantined + other.quarantined,
                castFailures + other.castFailures,
                millis + other.millis,
                implausibleTimestamps + other.implausibleTimestamps,
                Math.max(leaderEpoch, other.leaderEpoch),
                erased + other.erased,
                withoutEvent + other.withoutEvent);
    }
}
