package io.tributary.lab.brokers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@link BrokersMain} is asked to host.
 *
 * @param hasLogins whether the clusters have a second listener, which asks for a login by SCRAM-SHA-256
 */
record BrokersArguments(Path dir, List<String> clusters, String topic, int partitions, boolean hasLogins) {

    static final String USAGE =
            "Usage: --dir DIR --clusters name1,name2,... [--topic events] [--partitions 2] [--logins false]";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    private static final Pattern PARTITIONS = Pattern.compile("[1-9][0-9]{0,2}");

    BrokersArguments {
        clusters = List.copyOf(clusters);
    }

    /** Throws {@link IllegalArgumentException} whose message names every problem and the usage. */
    static BrokersArguments parse(String[] args) {
        List<String> problems = new ArrayList<>();
        String dir = null;
        String clusters = null;
        String topic = "events";
        String partitions = "2";
        String logins = "false";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : null;
            if (value == null) {
                problems.add(args[i] + " has no value");
                continue;
            }
            switch (args[i]) {
                case "--dir" -> dir = value;
                case "--clusters" -> clusters = value;
                case "--topic" -> topic = value;
                case "--partitions" -> partitions = value;
                case "--logins" -> logins = value;
                default -> problems.add(args[i] + " is not an option");
            }
        }
        if (dir == null) {
            problems.add("--dir is missing: the directory that keeps the clusters");
        }
        List<String> names = clusters == null ? List.of() : List.of(clusters.split(",", -1));
        if (clusters == null) {
            problems.add("--clusters is missing: the clusters' names, separated by commas");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                problems.add("--clusters: '" + name + "' is not a name; it must match " + NAME);
            } else if (!seen.add(name)) {
                problems.add("--clusters: '" + name + "' is named twice");
            }
        }
        if (!TOPIC.matcher(topic).matches()) {
            problems.add("--topic: '" + topic + "' is not a topic; it must match " + TOPIC);
        }
        if (!PARTITIONS.matcher(partitions).matches()) {
            problems.add("--partitions: '" + partitions + "' is not a number from 1 to 999");
        }
        if (!logins.matches("true|false")) {
            problems.add("--logins: '" + logins + "' is neither true nor false");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems) + "\n" + USAGE);
        }
        return new BrokersArguments(
                Path.of(dir), names, topic, Integer.parseInt(partitions), Boolean.parseBoolean(logins));
    }
}
