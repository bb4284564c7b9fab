package io.tributary.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_millis;

import io.tributary.columns.Columns;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks whether events that were erased are in the tables all the same. */
final class ErasureAudit {

    private final Lake lake;
    private final FindingCollector findings;
    private final List<ErasureRequest> requests;
    private final ErasurePasses passes;

    ErasureAudit(Lake lake, HadoopFiles files, FindingCollector findings) {
        this.lake = lake;
        this.findings = findings;
        this.requests = new ErasureRequests(lake.erasures(), files).all();
        this.passes = ErasurePasses.read(lake.erasures(), files);
    }

    /** Whether the event of a row is one that somebody wanted erased. */
    Column isErased() {
        return contained(requests);
    }

    private static Column contained(List<ErasureRequest> requests) {
        return ErasedEvents.of(requests).contain(col(Columns.DATA_CENTER), col(Columns.EVENT_ID));
    }

    /**
     * Erasures that are complete must have left nothing; of one that is not, what is left is noted.
     *
     * @param watermark the merge watermark, milliseconds since the epoch; rows above it are left out by the next merge
     */
    void compare(Dataset<Row> staging, Dataset<Row> merged, long watermark) {
        if (requests.isEmpty()) {
            return;
        }
        List<ErasureRequest> complete = requests.stream()
                .filter(request -> passes.isClosed(request.number()))
                .toList();
        List<ErasureRequest> open = requests.stream()
                .filter(request -> !passes.isClosed(request.number()))
                .toList();
        Dataset<Row> staged = staging.where(unix_millis(col(Columns.ARRIVED_AT)).leq(watermark));
        complete(lake.names().staging(), staged, complete);
        complete(lake.names().merged(), merged, complete);
        for (ErasureRequest request : open) {
            long rows = staging.where(contained(List.of(request))).count()
                    + merged.where(contained(List.of(request))).count();
            findings.note("Erasure " + request.number() + " is not complete: " + rows
                    + " rows are left. The merge job's next runs remove them, and complete it once the stream has"
                    + " committed a batch and the merge job has merged it.");
        }
    }

    private void complete(String table, Dataset<Row> rows, List<ErasureRequest> requests) {
        long left = rows.where(contained(requests)).count();
        if (left > 0) {
            findings.add(Finding.of(
                    Finding.Kind.ERASED,
                    table,
                    "erasures " + requests.get(0).number() + " to "
                            + requests.get(requests.size() - 1).number(),
                    "no rows",
                    left + " rows"));
        }
    }
}
