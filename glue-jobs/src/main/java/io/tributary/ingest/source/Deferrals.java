package io.tributary.ingest.source;

import io.tributary.runtime.LakeFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deferrals that are decided, as they lie beside the checkpoints; read once when the query starts, since only then
 * may new ones have come. They count for a batch that is planned and not committed; once it is, its account says what
 * it really went without.
 *
 * <p>A data centre that had to be deferred is left alone for a while, longer each time, so that one that answers
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
                .map(file -> Deferral.parse(nameOf(file)))
                .toList());
    }

    /**
     * Writes a deferral down, once. May be called only while no query runs and the batch is committed nowhere.
     *
     * @param why what went wrong, for whoever looks at the file
     * @return false if one of the same batch and data centre was written before
     */
    public static boolean record(String folder, LakeFiles files, Deferral deferral, String why) {
        if (load(folder, files).of(deferral.arrival()).contains(deferral.dataCenter())) {
            return false;
        }
        return files.createIfAbsent(folder + "/" + deferral.name(), why);
    }

    /**
     * Removes the records that say nothing any more: their batch is committed, and they are no sign of health now.
     *
     * @param committed planning time of the newest committed batch, milliseconds since the epoch
     */
    public static void forget(String folder, LakeFiles files, long committed, Instant now) {
        for (String file : files.list(folder)) {
            Deferral deferral = Deferral.parse(nameOf(file));
            if (deferral.arrival() <= committed && !isRecent(deferral, now)) {
                files.delete(file);
            }
        }
    }

    /** The data centres that the batch planned at that time goes without. */
    Set<String> of(long arrival) {
        return decided.stream()
                .filter(deferral -> deferral.arrival() == arrival)
                .map(Deferral::dataCenter)
                .collect(Collectors.toSet());
    }

    /** How often a data centre was deferred lately. */
    int recent(String dataCenter, Instant now) {
        return recentOf(dataCenter, now).size();
    }

    /** Until when a data centre is left alone; long ago if it is not. */
    Instant restUntil(String dataCenter, Instant now) {
        List<Long> recent = recentOf(dataCenter, now);
        if (recent.isEmpty()) {
            return Instant.MIN;
        }
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(recent.size() - 1, 6));
        Instant last = Instant.ofEpochMilli(recent.get(recent.size() - 1));
        return last.plus(rest.compareTo(LAST_REST) < 0 ? rest : LAST_REST);
    }

    private List<Long> recentOf(String dataCenter, Instant now) {
        return decided.stream()
                .filter(deferral -> deferral.dataCenter().equals(dataCenter) && isRecent(deferral, now))
                .map(Deferral::at)
                .sorted()
                .toList();
    }

    /** A time to come is of a clock that was wrong then or is now, and tells nothing. */
    private static boolean isRecent(Deferral deferral, Instant now) {
        return deferral.at() > now.minus(MEMORY).toEpochMilli() && deferral.at() <= now.toEpochMilli();
    }

    private static String nameOf(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
