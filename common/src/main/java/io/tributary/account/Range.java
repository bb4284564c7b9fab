package io.tributary.account;

/**
 * What became of the records of one partition's offset range in one batch.
 *
 * @param from first offset, inclusive
 * @param until last offset, exclusive
 * @param read records that Kafka returned; fewer than {@code until - from} where offsets hold no record
 * @param staged records that became rows of the staging table
 * @param duplicate records that the state knew already
 * @param quarantined records that could not be read as events
 * @param unfit values that did not fit the type of their column and became null
 * @param millis how long the reading took
 */
public record Range(
        long from, long until, long read, long staged, long duplicate, long quarantined, long unfit, long millis) {

    public static final Range EMPTY = new Range(0, 0, 0, 0, 0, 0, 0, 0);

    public Range {
        if (read != staged + duplicate + quarantined) {
            throw new IllegalArgumentException("accounts do not balance: read " + read + ", staged " + staged
                    + ", duplicate " + duplicate + ", quarantined " + quarantined);
        }
    }

    /** The totals of two ranges; the offsets span both and mean something only where the ranges touch. */
    public Range plus(Range other) {
        return new Range(
                read == 0 && until == from ? other.from : from,
                Math.max(until, other.until),
                read + other.read,
                staged + other.staged,
                duplicate + other.duplicate,
                quarantined + other.quarantined,
                unfit + other.unfit,
                millis + other.millis);
    }
}
