package io.tributary.lab.run;

import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.ProcessedCounts;
import io.tributary.lab.truth.SentCounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines that a run shows of itself every few seconds. */
public final class Progress {

    private static final int NAME_WIDTH = 12;

    private final List<String> dataCenters;
    private final CommitTracker.Standing before;
    private final Map<String, String> shown = new HashMap<>();

    /** @param before where the pipeline stood before the run, of which nothing is shown */
    public Progress(List<String> dataCenters, CommitTracker.Standing before) {
        this.dataCenters = List.copyOf(dataCenters);
        this.before = before;
    }

    /** One line for the whole, and one for each data center of which there is something new. */
    public String lines(
            Duration since,
            String phase,
            Map<String, SentCounts> sent,
            CommitTracker.Standing standing,
            ViewPoller.Sight sight) {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%s  %s: visible %,d, merges %,d, freshness %s%n",
                clock(since), phase, sight.shown(), standing.merges() - before.merges(), freshness(sight.overall())));
        for (int i = 0; i < dataCenters.size(); i++) {
            String name = dataCenters.get(i);
            Freshness own = i < sight.freshness().size() ? sight.freshness().get(i) : Freshness.NONE;
            String line = line(
                    name,
                    sent.getOrDefault(name, SentCounts.EMPTY),
                    standing.of(name).minus(before.of(name)),
                    own);
            if (!line.equals(shown.put(name, line))) {
                text.append(line);
            }
        }
        return text.toString();
    }

    private static String line(String name, SentCounts sent, ProcessedCounts processed, Freshness freshness) {
        return format(
                "      %-" + NAME_WIDTH
                        + "s sent %,9d  read %,9d  staged %,9d  merged %,9d  duplicates %,8d  quarantined %,6d  %s%n",
                name,
                sent.all(),
                processed.read(),
                processed.staged(),
                processed.merged(),
                processed.duplicates() + processed.mergeDuplicates(),
                processed.quarantined(),
                freshness(freshness));
    }

    private static String freshness(Freshness freshness) {
        return freshness.events() == 0
                ? "-"
                : format("p50 %.1f s p99 %.1f s", freshness.p50() / 1e3, freshness.p99() / 1e3);
    }

    private static String clock(Duration since) {
        return format("%3d:%02d", since.toMinutes(), since.toSecondsPart());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
