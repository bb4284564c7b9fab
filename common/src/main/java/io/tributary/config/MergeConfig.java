package io.tributary.config;

import java.io.Serializable;

/**
 * How large and how many the files of the merged table may be.
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
     * Whether to look for small files after a merge. Each merge adds only a few to a partition.
     *
     * @param merge number of the merge
     */
    public boolean isCompactionDue(long merge) {
        return merge % compactAfterFiles == 0;
    }
}
