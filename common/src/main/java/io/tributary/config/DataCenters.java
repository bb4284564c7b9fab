package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The data centers that feed the lake, in the order of the file. There may be none. */
public record DataCenters(List<DataCenter> all) implements Serializable {

    public DataCenters {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        for (DataCenter dataCenter : all) {
            if (!names.add(dataCenter.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("two data centers are called " + Quoted.of(dataCenter.name()));
            }
        }
    }

    /** In the order of the file. */
    public List<String> names() {
        return all.stream().map(DataCenter::name).toList();
    }

    /** The number and the names of the data centers, for log lines. */
    public String describe() {
        String names =
                all.stream().map(center -> center.name() + standing(center)).collect(Collectors.joining(", "));
        return all.size() + " in force" + (names.isEmpty() ? "" : ": " + names);
    }

    private static String standing(DataCenter center) {
        if (center.state() == DataCenter.State.ACTIVE) {
            return "";
        }
        return center.isEverRead() ? " (paused until " + center.pausedUntil() + ")" : " (paused)";
    }

    /**
     * Reads a data-centers file.
     *
     * @param origin the file or URI that the text comes from, for messages
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    public static DataCenters parse(String yaml, String origin) {
        return parse(yaml, origin, DataCenterAccess.LOCAL);
    }

    /**
     * Reads a data-centers file.
     *
     * @param origin the file or URI that the text comes from, for messages
     * @param access which secrets, files and classes the active data centers may use
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    public static DataCenters parse(String yaml, String origin, DataCenterAccess access) {
        return DataCentersParser.parse(yaml, origin, access);
    }
}
