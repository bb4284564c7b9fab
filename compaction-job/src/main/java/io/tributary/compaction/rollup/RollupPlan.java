package io.tributary.compaction.rollup;

import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.RollupMetadata;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What brings one rollup up to one version of the merged table. */
sealed interface RollupPlan {

    /** All that was merged is taken in. */
    record UpToDate() implements RollupPlan {}

    /** Everything is computed from the merged table. */
    record Whole(String why) implements RollupPlan {}

    /**
     * The touched event dates are renewed, the others stay.
     *
     * @param merge the merge up to which this goes
     * @param files whose events come on top of what the rollup holds
     * @param recomputed event dates that are computed from the merged table instead
     */
    record Part(long merge, List<AddedFile> files, SortedSet<LocalDate> recomputed) implements RollupPlan {

        public Part {
            files = List.copyOf(files);
            recomputed = Collections.unmodifiableSortedSet(new TreeSet<>(recomputed));
        }

        SortedSet<LocalDate> added() {
            SortedSet<LocalDate> dates = new TreeSet<>();
            files.forEach(file -> dates.add(file.date()));
            return dates;
        }

        SortedSet<LocalDate> touched() {
            SortedSet<LocalDate> dates = added();
            dates.addAll(recomputed);
            return dates;
        }
    }

    /**
     * @param newest metadata of the newest update; empty before the first, or where the log no longer holds it
     * @param definition what the configuration says of the rollup now
     * @param mergedVersion the version of the merged table to come up to
     * @param since the merged table's commits after that update up to this version, as far as the log holds them
     * @param exists whether a file is still there
     */
    static RollupPlan decide(
            Optional<RollupMetadata> newest,
            String definition,
            long mergedVersion,
            List<MergedCommit> since,
            Predicate<AddedFile> exists) {
        if (newest.isEmpty()) {
            return new Whole("it has no commit metadata yet");
        }
        RollupMetadata metadata = newest.get();
        if (!metadata.definition().equals(definition)) {
            return new Whole("its definition changed from \"" + metadata.definition() + "\"");
        }
        if (metadata.mergedVersion() > mergedVersion) {
            return new Whole("the merged table is at version " + mergedVersion + " and the rollup was made of version "
                    + metadata.mergedVersion());
        }
        if (since.size() < mergedVersion - metadata.mergedVersion()) {
            return new Whole("the merged table's log begins after version " + (metadata.mergedVersion() + 1));
        }
        long merge = metadata.merge();
        for (MergeMetadata next :
                since.stream().flatMap(commit -> commit.merge().stream()).toList()) {
            if (next.merge() != ++merge) {
                return new Whole("merge " + next.merge() + " follows where merge " + merge + " should");
            }
        }
        Part part = part(merge, since, exists);
        return merge == metadata.merge() && part.touched().isEmpty() ? new UpToDate() : part;
    }

    private static Part part(long merge, List<MergedCommit> since, Predicate<AddedFile> exists) {
        List<AddedFile> files = new ArrayList<>();
        SortedSet<LocalDate> recomputed = new TreeSet<>();
        for (MergedCommit commit : since) {
            if (commit.addsWhatItAccountsFor()) {
                files.addAll(commit.added());
            } else {
                // Somebody deleted or corrected events, or the commit cannot be told from that.
                recomputed.addAll(commit.dates());
            }
        }
        Stream<AddedFile> kept = files.stream().filter(file -> !recomputed.contains(file.date()));
        kept.filter(file -> !exists.test(file)).map(AddedFile::date).toList().forEach(recomputed::add);
        return new Part(
                merge,
                files.stream().filter(file -> !recomputed.contains(file.date())).toList(),
                recomputed);
    }
}
