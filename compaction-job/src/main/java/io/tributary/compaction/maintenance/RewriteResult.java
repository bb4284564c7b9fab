package io.tributary.compaction.maintenance;

import io.tributary.lake.log.AddAction;
import java.util.List;

/** The files that were rewritten, and the files that they became. */
record RewriteResult(int filesBefore, long bytesBefore, int filesAfter, long bytesAfter) {

    static final RewriteResult NOTHING = new RewriteResult(0, 0, 0, 0);

    static RewriteResult of(List<AddAction> before, List<AddAction> after) {
        return new RewriteResult(before.size(), bytes(before), after.size(), bytes(after));
    }

    RewriteResult plus(RewriteResult other) {
        return new RewriteResult(
                filesBefore + other.filesBefore,
                bytesBefore + other.bytesBefore,
                filesAfter + other.filesAfter,
                bytesAfter + other.bytesAfter);
    }

    String describe() {
        return "files=" + filesBefore + "->" + filesAfter + " bytes=" + bytesBefore + "->" + bytesAfter;
    }

    private static long bytes(List<AddAction> files) {
        return files.stream().mapToLong(AddAction::size).sum();
    }
}
