package io.tributary.ingest;

import io.tributary.account.BatchAccount;
import io.tributary.runtime.LakeFiles;

/**
 * The folder that checkpoints lie in, and what lies beside them.
 *
 * @param folder URI
 */
record Checkpoints(String folder, LakeFiles files) {

    private static final String GIVEN_UP = "/given-up";

    /** Whether two drivers can be kept apart by S3's conditional writes only. */
    boolean isOnS3() {
        return LakeFiles.isOnS3(folder);
    }

    /** URI of a checkpoint. */
    String checkpoint(String name) {
        return folder + "/" + name;
    }

    /** URI of the folder that keeps the last known options of each data centre. */
    String dataCenters() {
        return folder + "/data-centers";
    }

    /** A checkpoint that lost its offsets or its state, or that was given up, cannot be gone on with. */
    boolean isWhole(BatchAccount last) {
        String checkpoint = checkpoint(last.checkpoint());
        return files.exists(checkpoint + "/metadata")
                && files.exists(checkpoint + "/offsets/" + last.batch())
                && files.exists(checkpoint + "/state")
                && !files.exists(checkpoint + GIVEN_UP);
    }

    /** Gives a checkpoint up: the next start begins a new one where the lake's log ends. */
    void giveUp(String name, String why) {
        files.createIfAbsent(checkpoint(name) + GIVEN_UP, why);
    }
}
