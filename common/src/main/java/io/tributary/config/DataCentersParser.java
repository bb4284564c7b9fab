package io.tributary.config;

import io.tributary.config.kafka.BootstrapServers;
import io.tributary.config.kafka.KafkaOptions;
import io.tributary.config.yaml.Quoted;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.SettingsFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Parses the data-centers file, one data center after the other. */
final class DataCentersParser {

    private static final String ALL = "data_centers";

    /** Each has a client with a thread and connections of its own, and is part of the metadata of each batch. */
    private static final int MAX_DATA_CENTERS = 200;

    private DataCentersParser() {}

    static DataCenters parse(String yaml, String origin, DataCenterAccess access) {
        return SettingsFile.parse(yaml, "data-centers file", origin, root -> dataCenters(root, access));
    }

    static Supplier<DataCenters> dataCenters(Section root, DataCenterAccess access) {
        if (root.lacks(ALL)) {
            root.problem(ALL, "is missing; list the data centers there, or write data_centers: [] for none");
        }
        Set<String> names = new HashSet<>();
        List<DataCenter> all = root.sections(ALL, section -> {
            Optional<DataCenter> center = dataCenter(section, names);
            center.filter(DataCenter::isEverRead)
                    .map(access::problems)
                    .ifPresent(vain -> vain.forEach(section::problem));
            return center;
        });
        if (all.size() > MAX_DATA_CENTERS) {
            root.problem(
                    ALL,
                    "lists " + all.size() + " data centers, and one pipeline reads at most " + MAX_DATA_CENTERS
                            + "; remove those that are no more, or give the others a pipeline of their own");
        }
        return () -> new DataCenters(all);
    }

    /** @param names of the earlier data centers, in lower case */
    private static Optional<DataCenter> dataCenter(Section section, Set<String> names) {
        Optional<String> name = section.requiredText("name", DataCenter::requireName);
        name.filter(text -> !names.add(text.toLowerCase(Locale.ROOT)))
                .ifPresent(text -> section.problem(
                        "name",
                        Quoted.of(text) + " is the name of an earlier data center, capitals aside; choose another"));
        Optional<String> servers = section.requiredText("bootstrap_servers", BootstrapServers::require);
        List<String> topics = topics(section);
        StartingOffsets start = section.text("start", new StartingOffsets.Earliest(), StartingOffsets::parse);
        DataCenter.State state = section.choice("state", DataCenter.State.ACTIVE);
        Instant pausedUntil = pausedUntil(section, state);
        List<AcceptedGap> gaps = section.texts("accept_gaps", AcceptedGap::parse);
        List<AcceptedReset> resets = section.texts("accept_reset", AcceptedReset::parse);
        List<AcceptedRejects> rejects = section.texts("accept_rejects", AcceptedRejects::parse);
        EventOverrides event = section.section("event", EventOverrides.NONE, own -> EventOverrides.read(own, topics));
        RegistryConfig registry = section.section("registry", null, RegistryParser::read);
        Map<String, String> kafka = section.section("kafka", Map.of(), KafkaOptions::read);
        return name.isPresent() && servers.isPresent() && !topics.isEmpty()
                ? Optional.of(new DataCenter(
                        name.get(),
                        servers.get(),
                        topics,
                        start,
                        state,
                        pausedUntil,
                        gaps,
                        resets,
                        rejects,
                        event,
                        registry,
                        kafka))
                : Optional.empty();
    }

    private static Instant pausedUntil(Section section, DataCenter.State state) {
        Instant until = section.text("paused_until", DataCenter.UNTIL_RESUMED, DataCentersParser::instant);
        if (state == DataCenter.State.ACTIVE && !until.equals(DataCenter.UNTIL_RESUMED)) {
            section.problem(
                    "paused_until",
                    "ends a pause, and the data center is not paused; write state: paused, or remove this key");
            return DataCenter.UNTIL_RESUMED;
        }
        return until;
    }

    private static Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (instant.isAfter(StartingOffsets.MAX_INSTANT)) {
                throw new IllegalArgumentException(Quoted.of(text)
                        + " lies beyond the year 9999; leave it out for a pause that somebody has to end");
            }
            return instant;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not an instant; write it like 2026-01-31T08:00:00Z", e);
        }
    }

    private static List<String> topics(Section section) {
        Set<String> earlier = new HashSet<>();
        List<String> topics = section.texts("topics", topic -> {
            DataCenter.requireTopic(topic);
            if (!earlier.add(topic)) {
                throw new IllegalArgumentException(Quoted.of(topic) + " is listed twice; remove one of the two");
            }
            return topic;
        });
        if (section.lacks("topics")) {
            section.problem("topics", "is missing; list at least one topic");
        } else if (section.isEmptyList("topics")) {
            section.problem("topics", "the list is empty; list at least one topic");
        }
        return topics;
    }
}
