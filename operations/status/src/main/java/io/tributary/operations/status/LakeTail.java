package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.status.AuditStatus;
import io.tributary.lake.status.StreamStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The newest commits of a lake, and what the streaming job last said.
 *
 * @param lake URI of the lake
 * @param now when it was read
 * @param stream empty if the job has written no status, or none that can be read
 * @param audit what the last one found; empty if none has left a trace
 */
public record LakeTail(
        String lake,
        Instant now,
        Table staging,
        Table merged,
        Optional<StreamStatus> stream,
        Optional<AuditStatus> audit) {

    /** Without an audit. */
    public LakeTail(String lake, Instant now, Table staging, Table merged, Optional<StreamStatus> stream) {
        this(lake, now, staging, merged, stream, Optional.empty());
    }

    /**
     * The newest commits of one table.
     *
     * @param commits oldest first, without those that cannot be read
     * @param isWhole whether these are all since the table was made
     * @param files files of the newest version; empty where the log does not say
     * @param unreadable versions among them that cannot be read
     */
    public record Table(List<Commit> commits, boolean isWhole, OptionalLong files, long unreadable) {

        public Table {
            commits = List.copyOf(commits);
        }
    }

    /** A merge, and when it was committed. */
    public record Merge(MergeMetadata metadata, Instant at) {}

    /** The batches, oldest first. */
    public List<BatchMetadata> batches() {
        return staging.commits().stream()
                .flatMap(commit -> commit.metadata().stream())
                .filter(BatchMetadata.class::isInstance)
                .map(BatchMetadata.class::cast)
                .toList();
    }

    /** The merges, oldest first. */
    public List<Merge> merges() {
        return merged.commits().stream()
                .filter(commit -> commit.metadata()
                        .filter(MergeMetadata.class::isInstance)
                        .isPresent())
                .map(commit ->
                        new Merge((MergeMetadata) commit.metadata().get(), Instant.ofEpochMilli(commit.timestamp())))
                .toList();
    }
}
