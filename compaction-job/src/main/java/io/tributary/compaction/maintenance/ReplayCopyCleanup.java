package io.tributary.compaction.maintenance;

import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.lake.status.AuditStatus;
import io.tributary.offsets.ReadProgress;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the copies of records that were read by request, once the batch that read the last of them is merged, a later
 * batch is committed, and an audit without findings began after it. The stream never reads them again then. The requests
 * stay, as history.
 */
final class ReplayCopyCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayCopyCleanup.class);

    /** An audit says when it ended, and takes no longer. */
    private static final Duration AUDIT_TIMEOUT = Duration.ofHours(1);

    private final Lake lake;
    private final Configuration hadoop;
    private final HadoopFiles files;
    private final MergeWatermark watermark;

    /** @param watermark how far the merge has come */
    ReplayCopyCleanup(Lake lake, Configuration hadoop, MergeWatermark watermark) {
        this.lake = lake;
        this.hadoop = hadoop;
        this.files = new HadoopFiles(hadoop);
        this.watermark = watermark;
    }

    void deleteDone() {
        Optional<ReadProgress> proven = audited().flatMap(this::progressAt);
        if (proven.isEmpty()) {
            return;
        }
        ReplayRequests requests = new ReplayRequests(lake.replays(), files);
        for (ReplayRequest request : requests.all()) {
            String folder = requests.records(request.id(), "").replaceFirst("/[^/]*$", "");
            if (request.isDone(proven.get()) && files.exists(folder)) {
                delete(folder);
                LOG.info(
                        "maintenance[replay={}]: its records are merged and audited, and their copies in {} are deleted",
                        request.id(),
                        folder);
            }
        }
    }

    /** Up to when everything was audited, and found in order. */
    private Optional<Instant> audited() {
        if (!files.exists(lake.auditStatus())) {
            return Optional.empty();
        }
        return AuditStatus.parse(files.read(lake.auditStatus()))
                .filter(audit -> audit.findings() == 0)
                .map(audit -> audit.at().minus(AUDIT_TIMEOUT));
    }

    /** How far reading had come with the newest batch that is merged and audited and not the newest of all. */
    private Optional<ReadProgress> progressAt(Instant audited) {
        Instant limit = audited.isBefore(watermark.committedAt()) ? audited : watermark.committedAt();
        CommitLog staging = new CommitLog(lake.staging(), hadoop);
        long newest = staging.newestVersion();
        Optional<BatchMetadata> last = batch(staging, newest);
        long known = -1;
        Optional<BatchMetadata> found = Optional.empty();
        for (long beyond = newest + 1; known + 1 < beyond; ) {
            long middle = (known + beyond) / 2;
            Optional<BatchMetadata> batch = batch(staging, middle);
            if (batch.filter(one -> one.committedAt() > limit.toEpochMilli()).isPresent()) {
                beyond = middle;
            } else {
                known = middle;
                found = batch;
            }
        }
        return found.filter(batch -> last.filter(other -> other.sequence() > batch.sequence())
                        .isPresent())
                .map(BatchMetadata::readProgress);
    }

    private static Optional<BatchMetadata> batch(CommitLog staging, long version) {
        return staging.findNewest(BatchMetadata.class, version).map(CommitLog.Newest::metadata);
    }

    private void delete(String folder) {
        Path path = new Path(folder);
        try {
            FileSystem system = path.getFileSystem(hadoop);
            system.delete(path, true);
        } catch (IOException e) {
            throw new UncheckedIOException("The copies of replayed records in " + folder + " cannot be deleted", e);
        }
    }
}
