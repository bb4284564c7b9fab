package io.tributary.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What a new version of the data-centers file changes for one data center, in words.
 *
 * @param isToBeConfirmed whether it may be a mistake, such as an active entry, or a topic of one, that is gone
 */
public record DataCenterChange(String dataCenter, String description, boolean isToBeConfirmed) {

    /** The changes between two versions of the file, in the order of the files. Unchanged data centers are left out. */
    public static List<DataCenterChange> between(DataCenters before, DataCenters after) {
        Map<String, DataCenter> earlier = byName(before);
        Map<String, DataCenter> later = byName(after);
        List<DataCenterChange> changes = new ArrayList<>();
        earlier.forEach((name, center) -> {
            if (!later.containsKey(name)) {
                changes.add(gone(center));
            }
        });
        later.forEach((name, center) -> {
            DataCenter was = earlier.get(name);
            if (was == null) {
                changes.add(new DataCenterChange(name, "is new, " + standing(center), false));
            } else if (!was.equals(center)) {
                changes.add(new DataCenterChange(name, changed(was, center), losesTopics(was, center)));
            }
        });
        return changes;
    }

    private static Map<String, DataCenter> byName(DataCenters dataCenters) {
        Map<String, DataCenter> byName = new LinkedHashMap<>();
        dataCenters.all().forEach(center -> byName.put(center.name(), center));
        return byName;
    }

    private static DataCenterChange gone(DataCenter center) {
        return isActive(center)
                ? new DataCenterChange(
                        center.name(),
                        "is no longer in the file, although it was active: it is not read any more and keeps its"
                                + " offsets; put its entry back, unless it was taken out on purpose",
                        true)
                : new DataCenterChange(
                        center.name(), "is no longer in the file, where it was paused; it keeps its offsets", false);
    }

    private static String standing(DataCenter center) {
        return isActive(center)
                ? "active, begins at " + center.start().describe()
                : "paused, so nothing of it is read until " + end(center);
    }

    private static String changed(DataCenter before, DataCenter after) {
        List<String> differences = new ArrayList<>();
        if (before.state() != after.state()) {
            differences.add(isActive(after) ? "is active again" : paused(after));
        }
        if (!before.topics().equals(after.topics())) {
            differences.add("has topics " + after.topics() + " in place of " + before.topics()
                    + (losesTopics(before, after)
                            ? ": what is no longer listed is not read any more and keeps its offsets; put it back,"
                                    + " unless it was taken out on purpose"
                            : ""));
        }
        List<String> keys = new ArrayList<>();
        add(keys, "bootstrap_servers", before.bootstrapServers(), after.bootstrapServers());
        if (before.state() == after.state()) {
            add(keys, "paused_until", before.pausedUntil(), after.pausedUntil());
        }
        add(keys, "accept_gaps", before.acceptedGaps(), after.acceptedGaps());
        add(keys, "accept_reset", before.acceptedResets(), after.acceptedResets());
        add(keys, "accept_rejects", before.acceptedRejects(), after.acceptedRejects());
        addAll(keys, "registry", registry(before), registry(after));
        addAll(keys, "kafka", before.kafka(), after.kafka());
        if (!keys.isEmpty()) {
            differences.add("has another " + String.join(", ", keys));
        }
        if (!before.event().equals(after.event())) {
            differences.add("has another event, which counts for what is read from now on");
        }
        if (!before.start().equals(after.start())) {
            differences.add("has another start, which counts only if nothing of it was read yet");
        }
        return differences.isEmpty() ? "has other settings" : String.join("; ", differences);
    }

    /** Whether topics that were read are not read any more. */
    private static boolean losesTopics(DataCenter before, DataCenter after) {
        return isActive(before) && !after.topics().containsAll(before.topics());
    }

    private static String paused(DataCenter center) {
        return "is paused: it keeps its offsets and is not read"
                + (center.isEverRead() ? " until " + center.pausedUntil() : "");
    }

    private static String end(DataCenter center) {
        return center.isEverRead() ? center.pausedUntil().toString() : "its state is active";
    }

    private static Map<String, String> registry(DataCenter center) {
        return center.registry() == null ? Map.of() : center.registry().keys();
    }

    private static void addAll(
            List<String> keys, String section, Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.forEach(name -> add(keys, section + "." + name, before.get(name), after.get(name)));
    }

    private static void add(List<String> keys, String key, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            keys.add(key);
        }
    }

    private static boolean isActive(DataCenter center) {
        return center.state() == DataCenter.State.ACTIVE;
    }
}
