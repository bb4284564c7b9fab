package io.tributary.operations.datacenter.check;

import io.tributary.config.DataCenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds topics that another entry of the data-centers file reads already, from one of the same servers. */
final class SharedTopics {

    private SharedTopics() {}

    /** @param others entries of the file, among them perhaps the data center's own, which does not count */
    static List<CheckResult> results(DataCenter center, List<DataCenter> others) {
        List<CheckResult> results = new ArrayList<>();
        for (DataCenter other : others) {
            Set<String> shared = new TreeSet<>(center.topics());
            shared.retainAll(other.topics());
            if (!other.name().equals(center.name())
                    && !shared.isEmpty()
                    && servers(center).stream().anyMatch(servers(other)::contains)) {
                results.add(CheckResult.fail(
                        "topic",
                        String.join(", ", shared) + " is read as " + other.name()
                                + " already, from the same brokers, so every record would be read twice",
                        "name the brokers of this data center, or topics that no other entry has"));
            }
        }
        return results;
    }

    private static Set<String> servers(DataCenter center) {
        return new TreeSet<>(
                List.of(center.bootstrapServers().toLowerCase(Locale.ROOT).split(",", -1)));
    }
}
