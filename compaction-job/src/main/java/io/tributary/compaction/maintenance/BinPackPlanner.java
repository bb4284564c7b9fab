package io.tributary.compaction.maintenance;

import io.tributary.columns.Columns;
import io.tributary.config.MergeConfig;
import io.tributary.lake.log.TimeSpan;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides which files of a table are compacted. A file is small if it has less than half the target size. So the output
 * of a file group is not small again, and no file is rewritten for ever.
 *
 * <p>A partition that still grows is compacted when it has gathered many small files. A larger file joins only if the
 * others have enough bytes, so that it is not rewritten for a few new rows. In a closed event date fewer small files
 * are enough. In a closed hour or day of arrival all small files are compacted once.
 */
final class BinPackPlanner {

    /** The largest file of a file group has at most this many times the bytes of all other files of the group. */
    private static final long MAX_SIZE_RATIO = 4;

    /**
     * A file of on-time rows spans at most the dedup window plus the time between two merges; this is the bound in
     * windows. Late rows span far more, and would widen the span of every file that they share.
     */
    private static final int MAX_ON_TIME_SPAN_WINDOWS = 3;

    /** The smallest bound, for short dedup windows: there the time between merges determines the span. */
    private static final Duration MIN_ON_TIME_SPAN = Duration.ofHours(1);

    /** A date is rewritten if a query of one moment would have to read more than this many times the target size. */
    private static final long MAX_READ_AMPLIFICATION = 2;

    /** Divides the required number of small files for a closed date, which will get few more. */
    private static final int CLOSED_DATE_DIVISOR = 4;

    private final MergeConfig limits;
    private final Duration maxOnTimeSpan;

    /** @param dedupWindow how long after it happened an event may arrive on time */
    BinPackPlanner(MergeConfig limits, Duration dedupWindow) {
        this.limits = limits;
        Duration span = dedupWindow.multipliedBy(MAX_ON_TIME_SPAN_WINDOWS);
        this.maxOnTimeSpan = span.compareTo(MIN_ON_TIME_SPAN) < 0 ? MIN_ON_TIME_SPAN : span;
    }

    /** File groups of partitions that still grow: those with many small files. */
    List<FileGroup> crowded(Collection<DataFile> files) {
        return groups(files, limits.compactAfterFiles());
    }

    /**
     * File groups of closed event dates: a scattered date as a whole; of the others small files, though they are fewer.
     */
    List<FileGroup> settled(Collection<DataFile> files, LocalDate overBefore) {
        List<DataFile> over = files.stream()
                .filter(file -> file.value(Columns.EVENT_DATE)
                        .filter(date -> LocalDate.parse(date).isBefore(overBefore))
                        .isPresent())
                .toList();
        List<FileGroup> groups = new ArrayList<>();
        for (List<DataFile> date : partitions(over)) {
            if (bytesOfAMoment(date) > MAX_READ_AMPLIFICATION * limits.targetFileBytes()) {
                groups.add(FileGroup.of(date, limits.targetFileBytes()));
            } else {
                groups.addAll(groups(date, Math.max(2, limits.compactAfterFiles() / CLOSED_DATE_DIVISOR)));
            }
        }
        return groups;
    }

    private List<FileGroup> groups(Collection<DataFile> files, int atLeast) {
        List<FileGroup> groups = new ArrayList<>();
        for (List<DataFile> partition : partitions(files)) {
            Map<Boolean, List<DataFile>> byWidth =
                    small(partition).stream().collect(Collectors.partitioningBy(this::isNarrow));
            List<List<DataFile>> candidates =
                    byWidth.values().stream().map(BinPackPlanner::proportionate).toList();
            if (candidates.stream().mapToInt(List::size).sum() >= atLeast) {
                candidates.stream()
                        .filter(some -> some.size() > 1)
                        .forEach(some -> groups.add(FileGroup.of(some, limits.targetFileBytes())));
            }
        }
        return groups;
    }

    /** File groups of closed partitions: all small files, if there is more than one. */
    List<FileGroup> ended(Collection<DataFile> files, Predicate<DataFile> hasEnded) {
        return partitions(files.stream().filter(hasEnded).toList()).stream()
                .map(this::small)
                .filter(small -> small.size() > 1)
                .map(small -> FileGroup.of(small, limits.targetFileBytes()))
                .toList();
    }

    /**
     * The average bytes that a query of one moment reads, since every file whose span contains it may hold rows of it.
     */
    static double bytesOfAMoment(List<DataFile> files) {
        Optional<TimeSpan> whole =
                files.stream().map(DataFile::span).flatMap(Optional::stream).reduce(TimeSpan::plus);
        if (whole.isEmpty() || whole.get().length().isZero()) {
            return 0;
        }
        double length = whole.get().length().toMillis();
        return files.stream()
                .mapToDouble(file -> file.bytes()
                        * file.span()
                                .map(span -> span.length().toMillis() / length)
                                .orElse(1.0))
                .sum();
    }

    private boolean isNarrow(DataFile file) {
        return file.span()
                .filter(span -> span.length().compareTo(maxOnTimeSpan) <= 0)
                .isPresent();
    }

    private List<DataFile> small(List<DataFile> files) {
        return files.stream()
                .filter(file -> file.bytes() < limits.targetFileBytes() / 2)
                .sorted(Comparator.comparingLong(DataFile::bytes).thenComparing(DataFile::path))
                .toList();
    }

    /**
     * The files up to the largest one to which all smaller ones together are large enough.
     *
     * @param ascending smallest first
     */
    private static List<DataFile> proportionate(List<DataFile> ascending) {
        int chosen = Math.min(1, ascending.size());
        long bytesOfSmaller = 0;
        for (int i = 0; i < ascending.size(); i++) {
            if (ascending.get(i).bytes() <= MAX_SIZE_RATIO * bytesOfSmaller) {
                chosen = i + 1;
            }
            bytesOfSmaller += ascending.get(i).bytes();
        }
        return ascending.subList(0, chosen);
    }

    private static Collection<List<DataFile>> partitions(Collection<DataFile> files) {
        return files.stream()
                .collect(Collectors.groupingBy(DataFile::partition))
                .values();
    }
}
