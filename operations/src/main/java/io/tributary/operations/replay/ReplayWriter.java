package io.tributary.operations.replay;

import io.tributary.error.OperatorActionException;
import io.tributary.ingest.read.QuarantinedRecord;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes a request to replay records of the quarantine: first a copy of the records, then the request that names it. */
public final class ReplayWriter {

    private final ReplayRequests requests;
    private final Configuration hadoop;

    /** Who asks for a replay, when and why, and up to which version the staging table was written then. */
    public record Author(Instant at, String by, Optional<String> because, long version) {}

    public ReplayWriter(ReplayRequests requests, Configuration hadoop) {
        this.requests = requests;
        this.hadoop = hadoop;
    }

    /**
     * Requests a replay of records of the quarantine.
     *
     * @param groups how many are requested, by why they were rejected
     * @param dataCenters whose records they are
     * @throws OperatorActionException if the copy cannot be written, or another request has the same name
     */
    public ReplayRequest quarantined(
            Quarantine quarantine,
            QuarantineFilter filter,
            SortedMap<String, Long> groups,
            List<String> dataCenters,
            Author author) {
        String id = ReplayRequests.newId(author.at());
        List<ReplayInput> inputs = new ArrayList<>();
        for (String dataCenter : dataCenters) {
            String file = requests.records(id, dataCenter);
            copy(quarantine.records(filter, dataCenter), file)
                    .map(copied -> ReplayInput.ofFile(
                            new OffsetRange(
                                    new TopicPartitionId(dataCenter, ReplayTopic.ofQuarantine(id), 0),
                                    0,
                                    copied.bytes()),
                            Optional.of(copied.records()),
                            file,
                            copied.bytes()))
                    .ifPresent(inputs::add);
        }
        return written(new ReplayRequest(
                id,
                ReplayRequest.Kind.QUARANTINE,
                author.at(),
                author.by(),
                author.because(),
                author.version(),
                filter.words(),
                inputs,
                groups));
    }

    /**
     * Writes a request.
     *
     * @throws OperatorActionException if another request has the same name
     */
    ReplayRequest written(ReplayRequest request) {
        if (!requests.create(request)) {
            throw new OperatorActionException("Another replay was requested in the same second, " + request.id()
                    + ". Nothing was requested; repeat the command.");
        }
        return request;
    }

    private record Copied(long records, long bytes) {}

    private Optional<Copied> copy(Iterator<QuarantinedRecord> records, String file) {
        Path path = new Path(file);
        long count = 0;
        long bytes = 0;
        try (OutputStream out =
                new BufferedOutputStream(path.getFileSystem(hadoop).create(path, false))) {
            while (records.hasNext()) {
                byte[] line = (records.next().line() + "\n").getBytes(StandardCharsets.UTF_8);
                out.write(line);
                count++;
                bytes += line.length;
            }
        } catch (IOException e) {
            throw new OperatorActionException(
                    "The records to replay cannot be copied to " + file + ": " + e.getMessage()
                            + ". Nothing was requested. Check that you may write there.",
                    e);
        }
        return count == 0 ? Optional.empty() : Optional.of(new Copied(count, bytes));
    }
}
