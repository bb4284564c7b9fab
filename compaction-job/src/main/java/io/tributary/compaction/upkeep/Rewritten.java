package io.tributary.compaction.upkeep;

import java.util.List;
import org.apache.spark.sql.delta.actions.AddFile;

/** Files that were written anew, and what came of them. */
record Rewritten(int filesBefore, long bytesBefore, int filesAfter, long bytesAfter) {

    static final Rewritten NOTHING = new Rewritten(0, 0, 0, 0);

    static Rewritten of(List<AddFile> before, List<AddFile> after) {
        return new Rewritten(before.size(), bytes(before), after.size(), bytes(after));
    }

    Rewritten plus(Rewritten other) {
        return new Rewritten(
                filesBefore + other.filesBefore,
                bytesBefore + other.bytesBefore,
                filesAfter + other.filesAfter,
                bytesAfter + other.bytesAfter);
    }

    String words() {
        return "files=" + filesBefore + "->" + filesAfter + " bytes=" + bytesBefore + "->" + bytesAfter;
    }

    private static long bytes(List<AddFile> files) {
        return files.stream().mapToLong(AddFile::size).sum();
    }
}
