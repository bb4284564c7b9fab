package io.tributary.operations.status;

import io.tributary.error.InvalidInputException;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.log.PrefetchingReader;
import io.tributary.lake.status.AuditStatus;
import io.tributary.lake.status.StreamStatus;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/** Reads the newest commits of a lake, as many as {@link PipelineStatus} needs. It only reads. */
public final class LakeTailReader {

    /** What is shown is of this last span of time, if so many commits hold it. */
    public static final Duration WINDOW = Duration.ofHours(1);

    private static final int MAX_BATCHES = 640;
    private static final int MAX_MERGED_COMMITS = 192;
    private static final int MERGES = 6;
    private static final int MAX_SAMPLE = 256;
    /** The status is replaced while the job runs; on a disk, readers may meet a half of it. */
    private static final int MAX_STATUS_READS = 3;

    private final Lake lake;
    private final Configuration hadoop;
    private final Clock clock;

    /** @param hadoop settings for access to the lake */
    public LakeTailReader(Lake lake, Configuration hadoop, Clock clock) {
        this.lake = lake;
        this.hadoop = hadoop;
        this.clock = clock;
    }

    /**
     * The commits that a status needs.
     *
     * @throws InvalidInputException if there is no lake
     */
    public LakeTail read() {
        Predicate<List<Commit>> areMerges =
                commits -> commits.stream().filter(LakeTailReader::isMerge).count() >= MERGES;
        return read(
                reader -> reader.read(MAX_MERGED_COMMITS, areMerges),
                (reader, merged) -> reader.read(MAX_BATCHES, commits -> isBefore(commits, cutoff(merged))));
    }

    /**
     * All commits since a time, and some before it.
     *
     * @throws InvalidInputException if there is no lake
     */
    public LakeTail readSince(Instant time) {
        Predicate<List<Commit>> isEnough =
                commits -> commits.stream().anyMatch(commit -> commit.timestamp() < time.toEpochMilli());
        return read(
                reader -> reader.read(Integer.MAX_VALUE, isEnough),
                (reader, merged) -> reader.read(Integer.MAX_VALUE, isEnough));
    }

    /** Batches of this month at even distances, oldest first, for an estimate over the month. */
    public List<BatchMetadata> sampleOfMonth() {
        try (PrefetchingReader ahead = PrefetchingReader.of(lake.root())) {
            return new LogTailReader(lake.staging(), hadoop, ahead)
                    .sample(ErrorBudget.beginning(clock.instant()), MAX_SAMPLE).stream()
                            .flatMap(commit -> commit.metadata().stream())
                            .filter(BatchMetadata.class::isInstance)
                            .map(BatchMetadata.class::cast)
                            .toList();
        }
    }

    private LakeTail read(
            Function<LogTailReader, LakeTail.Table> ofMerged,
            BiFunction<LogTailReader, LakeTail.Table, LakeTail.Table> ofStaging) {
        try (PrefetchingReader ahead = PrefetchingReader.of(lake.root())) {
            LakeTail.Table merged = ofMerged.apply(new LogTailReader(lake.merged(), hadoop, ahead));
            LakeTail.Table staging = ofStaging.apply(new LogTailReader(lake.staging(), hadoop, ahead), merged);
            if (staging.commits().isEmpty()) {
                throw new InvalidInputException("There is no lake at " + lake.root() + ": it has no log of "
                        + lake.names().staging() + ". Name the folder or URI that a job was given as --lake, and with"
                        + " --config the configuration that names its tables, if they are not called as usual.");
            }
            return new LakeTail(
                    lake.root(),
                    clock.instant(),
                    staging,
                    merged,
                    status(lake.streamStatus(), StreamStatus::parse),
                    status(lake.auditStatus(), AuditStatus::parse));
        }
    }

    private static boolean isMerge(Commit commit) {
        return commit.metadata().filter(MergeMetadata.class::isInstance).isPresent();
    }

    /** Batches from before the window are needed only while they are not merged. */
    private Instant cutoff(LakeTail.Table merged) {
        Instant window = clock.instant().minus(WINDOW);
        return merged.commits().stream()
                .flatMap(commit -> commit.metadata().stream())
                .filter(MergeMetadata.class::isInstance)
                .map(metadata -> Instant.ofEpochMilli(((MergeMetadata) metadata).watermark()))
                .reduce((first, second) -> second)
                .filter(watermark -> watermark.isBefore(window))
                .orElse(window);
    }

    private static boolean isBefore(List<Commit> newestFirst, Instant cutoff) {
        return newestFirst.stream()
                .flatMap(commit -> commit.metadata().stream())
                .filter(BatchMetadata.class::isInstance)
                .anyMatch(metadata -> ((BatchMetadata) metadata).committedAt() < cutoff.toEpochMilli());
    }

    /** A status file; if it stays as one that cannot be read, it is not known. */
    private <T> Optional<T> status(String uri, Function<String, Optional<T>> parse) {
        HadoopFiles files = new HadoopFiles(hadoop);
        for (int read = 0; read < MAX_STATUS_READS && files.isFile(uri); read++) {
            try {
                Optional<T> status = parse.apply(files.readOwn(uri));
                if (status.isPresent()) {
                    return status;
                }
            } catch (InvalidInputException e) {
                // Replaced meanwhile.
            }
        }
        return Optional.empty();
    }
}
