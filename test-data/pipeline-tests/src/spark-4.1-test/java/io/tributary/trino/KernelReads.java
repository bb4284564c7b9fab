package io.tributary.trino;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.Optional;

/** What Delta's kernel calls differently from version to version. */
final class KernelReads {

    private KernelReads() {}

    static Scan scan(Engine engine, Snapshot snapshot, Predicate filter) {
        return snapshot.getScanBuilder().withFilter(filter).build();
    }

    static CloseableIterator<ColumnarBatch> read(Engine engine, FileStatus file, StructType schema) throws IOException {
        return engine.getParquetHandler()
                .readParquetFiles(Utils.singletonCloseableIterator(file), schema, Optional.empty())
                .map(FileReadResult::getData);
    }
}
