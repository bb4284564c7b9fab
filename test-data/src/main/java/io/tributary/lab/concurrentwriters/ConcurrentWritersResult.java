package io.tributary.lab.concurrentwriters;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a race came to.
 *
 * @param believed the commits that the processes were told they had made
 * @param held the commits that the table's log holds
 * @param failures the appends that failed and were known to
 */
record ConcurrentWritersResult(ComparedStore store, Set<String> believed, Set<String> held, int failures) {

    ConcurrentWritersResult {
        believed = Set.copyOf(believed);
        held = Set.copyOf(held);
    }

    /** The commits that somebody believes in and nobody will read. */
    Set<String> lost() {
        Set<String> lost = new TreeSet<>(believed);
        lost.removeAll(held);
        return lost;
    }

    /** A race in which a process made no commit has shown nothing. */
    boolean isOneOf(Set<String> racers) {
        return racers.stream().allMatch(racer -> believed.stream().anyMatch(commit -> commit.startsWith(racer + "-")));
    }
}
