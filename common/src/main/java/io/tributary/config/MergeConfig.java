package io.tributary.config;

import java.io.Serializable;

/**
 * How the merged table's files are kept in hand.
 *
 * @param compactAfterFiles a partition that has gathered this many small files is compacted
 */
public record MergeConfig(long targetFileBytes, int compactAfterFiles) implements Serializable {

    static final MergeConfig DEFAULTS = new MergeConfig(128_000_000, 8);

    public MergeConfig {
        if (targetFileBytes < 1) {
            throw new IllegalArgumentException("a file must be allowed at least one byte, not " + targetFileBytes);
        }
        if (compactAfterFiles < 2) {
            throw new IllegalArgumentException("compacting needs at least two files, not " + compactAfterFiles);
        }
    }

    /**
     * Whether it is worth looking at the files after a merge: each gives a partition few small files.
     *
     * @param merge number of the merge
     */
    public boolean isCompactionDue(long merge) {
        return merge % compactAfterFiles == 0;
    }
}
