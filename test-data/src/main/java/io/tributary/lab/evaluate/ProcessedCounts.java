package io.tributary.lab.evaluate;

/**
 * What became of a data center's records, by the metadata of the jobs' own commits.
 *
 * @param read records that the stream read: staged, duplicates or quarantined
 * @param duplicates records that the stream knew already
 * @param merged rows that merges added to the merged table
 * @param mergeDuplicates staged rows that merges left out as repeats
 */
public record ProcessedCounts(
        long read, long staged, long duplicates, long quarantined, long merged, long mergeDuplicates) {

    public static final ProcessedCounts NOTHING = new ProcessedCounts(0, 0, 0, 0, 0, 0);

    public static ProcessedCounts byStream(long read, long staged, long duplicates, long quarantined) {
        return new ProcessedCounts(read, staged, duplicates, quarantined, 0, 0);
    }

    public static ProcessedCounts byMerge(long merged, long mergeDuplicates) {
        return new ProcessedCounts(0, 0, 0, 0, merged, mergeDuplicates);
    }

    /** What was added since {@code earlier}. */
    public ProcessedCounts minus(ProcessedCounts earlier) {
        return new ProcessedCounts(
                read - earlier.read,
                staged - earlier.staged,
                duplicates - earlier.duplicates,
                quarantined - earlier.quarantined,
                merged - earlier.merged,
                mergeDuplicates - earlier.mergeDuplicates);
    }

    public ProcessedCounts plus(ProcessedCounts other) {
        return new ProcessedCounts(
                read + other.read,
                staged + other.staged,
                duplicates + other.duplicates,
                quarantined + other.quarantined,
                merged + other.merged,
                mergeDuplicates + other.mergeDuplicates);
    }
}
