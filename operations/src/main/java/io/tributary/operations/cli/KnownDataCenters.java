package io.tributary.operations.cli;

import io.tributary.cli.Suggestions;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** The data centers that a lake knows, so that a slip of the pen does not look like one that has nothing. */
final class KnownDataCenters {

    private KnownDataCenters() {}

    /** All that were ever read, by the newest batch; none before the first. */
    static SortedSet<String> read(String stagingTable, Configuration hadoop) {
        SortedSet<String> names = new TreeSet<>();
        new StagingLog(new CommitLog(stagingTable, hadoop))
                .newest()
                .ifPresent(
                        batch -> names.addAll(batch.readProgress().positions().dataCenters()));
        return names;
    }

    /**
     * Refuses a name that is none of them.
     *
     * @param known if there is none, any name may be meant
     */
    static void require(String given, Collection<String> known) {
        if (!known.isEmpty() && !known.contains(given)) {
            throw new InvalidInputException(
                    "There is no data center " + given + " that was ever read; " + Suggestions.remedy(given, known));
        }
    }
}
