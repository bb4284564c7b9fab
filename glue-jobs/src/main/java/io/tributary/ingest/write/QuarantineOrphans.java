package io.tributary.ingest.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far refused records lie in quarantine whose batch never came to be. They may be planned anew in other pieces, or be
 * deferred, so that what lies there already is met again many batches and starts later; the note beside the checkpoints
 * tells of them until the reading has passed them.
 */
public final class QuarantineOrphans {

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineOrphans.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TreeMap<TopicPartitionId, Long> until = new TreeMap<>();
    private final CommitLog log;
    private final HadoopFiles files;
    private final String note;
    private long seen;

    private QuarantineOrphans(CommitLog log, HadoopFiles files, String note) {
        this.log = log;
        this.files = files;
        this.note = note;
    }

    /**
     * Looks for them when a query starts: those that were noted before, and those that are newer than the lake's newest
     * batch.
     *
     * @param log of the quarantine table
     * @param newest the lake's newest batch
     * @param note URI of the file that keeps them
     */
    public static QuarantineOrphans find(
            CommitLog log, Optional<BatchMetadata> newest, HadoopFiles files, String note) {
        QuarantineOrphans orphans = new QuarantineOrphans(log, files, note);
        if (files.exists(note)) {
            orphans.read(files.readOwn(note));
        }
        orphans.seen = log.newestVersion();
        long sequence = newest.map(BatchMetadata::sequence).orElse(0L);
        for (long version = orphans.seen; version >= 0; version--) {
            Optional<Commit> commit = log.commit(version);
            if (commit.isEmpty()) {
                break;
            }
            if (commit.get().metadata().orElse(null) instanceof BatchMetadata batch) {
                if (batch.sequence() < sequence) {
                    break;
                }
                orphans.add(batch);
            }
        }
        orphans.forgetThosePassed(newest.map(BatchMetadata::readProgress).orElse(ReadProgress.EMPTY));
        orphans.keep();
        return orphans;
    }

    private void keep() {
        if (!until.isEmpty()) {
            files.write(note, new PartitionOffsets(until).toJson().toString());
        } else if (files.exists(note)) {
            files.delete(note);
        }
    }

    /**
     * Takes in what another driver has written since the last look. Its batch may never come to be, and then the batches
     * that read those offsets meet its rows.
     *
     * @param version the table's newest
     */
    void lookUpTo(long version) {
        if (version <= seen) {
            return;
        }
        log.after(seen).stream()
                .map(commit -> commit.metadata().orElse(null))
                .filter(BatchMetadata.class::isInstance)
                .map(BatchMetadata.class::cast)
                .forEach(this::add);
        seen = version;
        keep();
    }

    /** The own commit is none of another driver. */
    void passOwn(long version) {
        seen = Math.max(seen, version);
    }

    private void read(String text) {
        try {
            until.putAll(PartitionOffsets.fromJson(JSON.readTree(text)).offsets());
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("ingest: {} is damaged and is written anew: {}", note, e.getMessage());
        }
    }

    private void add(BatchMetadata batch) {
        batch.ranges().forEach((partition, range) -> until.merge(partition, range.until(), Math::max));
    }

    private void forgetThosePassed(ReadProgress readProgress) {
        until.entrySet()
                .removeIf(orphan -> readProgress.pendingOf(orphan.getKey()).isEmpty()
                        && readProgress.positions().of(orphan.getKey()).orElse(0L) >= orphan.getValue());
    }

    /** Whether refused records of a partition may lie in quarantine from an offset on. */
    boolean reach(TopicPartitionId partition, long from) {
        return from < until.getOrDefault(partition, 0L);
    }
}
