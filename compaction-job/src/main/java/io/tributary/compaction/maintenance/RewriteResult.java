package io.tributary.compaction.maintenance;

import java.util.List;
import org.apache.spark.sql.delta.actions.AddFile;

/** Files that were written anew, and what came of them. */
record RewriteResult(int filesBefore, long bytesBefore, int filesAfter, long bytesAfter) {

    static final RewriteResult NOTHING = new RewriteResult(0, 0, 0, 0);

    static RewriteResult of(List<AddFile> before, List<AddFile> after) {
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

    private static long bytes(List<AddFile> files) {
        return files.stream().mapToLong(AddFile::size).sum();
    }
}
