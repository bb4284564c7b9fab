package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.runtime.LakeFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The deferrals that are decided, as they lie beside the checkpoints; read once when the query starts, since only then
 * may new ones have come.
 *
 * <p>A data centre whose ranges had to be deferred is left alone for a while, longer each time, so that one that answers
 * and then cannot be read does not fail batch after batch.
 */
public final class Deferrals {

    private static final Duration FIRST_REST = Duration.ofSeconds(20);
    private static final Duration LAST_REST = Duration.ofMinutes(10);

    /** Deferrals longer ago than this say nothing about a data centre's health now. */
    private static final Duration MEMORY = Duration.ofMinutes(30);

    private final List<Deferral> decided;

    Deferrals(List<Deferral> decided) {
        this.decided = List.copyOf(decided);
    }

    /** @param folder URI of the folder that holds one file a deferral */
    static Deferrals load(String folder, LakeFiles files) {
        return new Deferrals(files.list(folder).stream()
                .map(file -> Deferral.parse(files.read(file)))
                .toList());
    }

    /**
     * Writes a deferral down, once. May be called only while no query runs and the batch is committed nowhere.
     *
     * @return false if it, or one of the same batch and range, was written before
     */
    public static boolean record(String folder, LakeFiles files, Deferral deferral) {
        OffsetRange range = deferral.range();
        String name = deferral.arrival() + "-" + range.partition().dataCenter() + "-"
                + range.partition().topic() + "-" + range.partition().partition() + "-" + range.from();
        return files.createIfAbsent(folder + "/" + name + ".json", deferral.toText());
    }

    /** The ranges that the batch planned at that time goes without. */
    SortedSet<OffsetRange> of(long arrival) {
        SortedSet<OffsetRange> ranges = new TreeSet<>();
        decided.stream()
                .filter(deferral -> deferral.arrival() == arrival)
                .forEach(deferral -> ranges.add(deferral.range()));
        return ranges;
    }

    /** Until when a data centre is left alone; long ago if it is not. */
    Instant restUntil(String dataCenter, Instant now) {
        List<Long> recent = new ArrayList<>(decided.stream()
                .filter(deferral -> deferral.range().partition().dataCenter().equals(dataCenter))
                .map(Deferral::at)
                .filter(at -> at > now.minus(MEMORY).toEpochMilli())
                .distinct()
                .sorted()
                .toList());
        if (recent.isEmpty()) {
            return Instant.MIN;
        }
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(recent.size() - 1, 6));
        Instant last = Instant.ofEpochMilli(recent.get(recent.size() - 1));
        return last.plus(rest.compareTo(LAST_REST) < 0 ? rest : LAST_REST);
    }
}
