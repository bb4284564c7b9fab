package io.tributary.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.SettingsFile;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a data center says of {@code event} in place of the pipeline file, and likewise for single topics of it. What is
 * null, or an empty list, is as the pipeline file says.
 *
 * @param topics what is said for single topics; those have no topics of their own
 */
public record EventOverrides(
        List<String> id,
        String time,
        String type,
        String dataCenter,
        List<TimeFormat> timeFormats,
        ZoneId timeZone,
        EventConfig.TimeFallback timeFallback,
        EventConfig.OnTombstone onTombstone,
        List<RecordCondition> heartbeats,
        EventConfig.RegistryHeader registryHeader,
        RecordFormat format,
        SortedMap<String, EventOverrides> topics)
        implements Serializable {

    /** All is as the pipeline file says. */
    public static final EventOverrides NONE = new EventOverrides(
            List.of(),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            Collections.emptySortedMap());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPICS = "topics";

    public EventOverrides {
        id = List.copyOf(id);
        timeFormats = List.copyOf(timeFormats);
        heartbeats = List.copyOf(heartbeats);
        topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
    }

    /** Reads the section {@code event} of a data center with these topics. */
    static EventOverrides read(Section section, List<String> topics) {
        return read(section, section.section(TOPICS, Collections.emptySortedMap(), each -> {
            SortedMap<String, EventOverrides> found = new TreeMap<>();
            for (String topic : each.keys()) {
                if (!topics.contains(topic)) {
                    each.problem(
                            topic,
                            "is not one of the topics " + topics + " of this data center; correct one of the two");
                }
                found.put(topic, each.section(topic, NONE, one -> read(one, Collections.emptySortedMap())));
            }
            return found;
        }));
    }

    private static EventOverrides read(Section section, SortedMap<String, EventOverrides> topics) {
        return new EventOverrides(
                section.distinctTexts("id", List.of(), Places::require),
                section.text("time", null, Places::require),
                section.text("type", null, Places::require),
                section.text("data_center", null, Places::require),
                section.textOrTexts("time_format", List.of(), TimeFormat::parse),
                section.text("time_zone", null, EventConfig::parseTimeZone),
                section.lacks("time_fallback") ? null : section.choice("time_fallback", EventConfig.TimeFallback.NONE),
                section.lacks("on_tombstone")
                        ? null
                        : section.choice("on_tombstone", EventConfig.OnTombstone.QUARANTINE),
                PipelineConfigParser.heartbeats(section),
                section.lacks("registry_header")
                        ? null
                        : section.choice("registry_header", EventConfig.RegistryHeader.QUARANTINE),
                PipelineConfigParser.format(section).orElse(null),
                topics);
    }

    /** Reads what {@link #json} has written. */
    public static EventOverrides parse(String json) {
        return SettingsFile.parse(json, "mapping of a data center", "of a batch", root -> {
            EventOverrides read =
                    read(root, List.copyOf(root.section(TOPICS, List.of(), each -> List.copyOf(each.keys()))));
            return () -> read;
        });
    }

    /** As JSON, which the data-centers file takes as its section {@code event}. */
    public ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        putAll(json, "id", id);
        put(json, "time", time);
        put(json, "type", type);
        put(json, "data_center", dataCenter);
        putAll(json, "time_format", timeFormats.stream().map(TimeFormat::text).toList());
        put(json, "time_zone", timeZone == null ? null : timeZone.getId());
        put(
                json,
                "time_fallback",
                timeFallback == null ? null : timeFallback.name().toLowerCase(Locale.ROOT));
        put(
                json,
                "on_tombstone",
                onTombstone == null ? null : onTombstone.name().toLowerCase(Locale.ROOT));
        if (!heartbeats.isEmpty()) {
            putAll(
                    json.putObject("on_heartbeat"),
                    "where",
                    heartbeats.stream().map(RecordCondition::toString).toList());
        }
        put(
                json,
                "registry_header",
                registryHeader == null ? null : registryHeader.name().toLowerCase(Locale.ROOT));
        if (format != null) {
            put(json, "format", format.kind().name().toLowerCase(Locale.ROOT));
            put(json, "schema", format.schema());
            put(json, "message", format.message());
        }
        if (!topics.isEmpty()) {
            ObjectNode each = json.putObject(TOPICS);
            topics.forEach((topic, event) -> each.set(topic, event.json()));
        }
        return json;
    }

    private static void putAll(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode all = json.putArray(key);
            values.forEach(all::add);
        }
    }

    private static void put(ObjectNode json, String key, String value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    /** What counts for a topic of the data center, over what the pipeline file says. */
    public EventConfig over(EventConfig common, String topic) {
        EventConfig ofDataCenter = over(common);
        return topic != null && topics.containsKey(topic) ? topics.get(topic).over(ofDataCenter) : ofDataCenter;
    }

    private EventConfig over(EventConfig common) {
        return new EventConfig(
                id.isEmpty() ? common.id() : id,
                time == null ? common.time() : time,
                type == null ? common.type() : type,
                dataCenter == null ? common.dataCenter() : Optional.of(dataCenter),
                timeFormats.isEmpty() ? common.timeFormats() : timeFormats,
                timeZone == null ? common.timeZone() : timeZone,
                timeFallback == null ? common.timeFallback() : timeFallback,
                onTombstone == null ? common.onTombstone() : onTombstone,
                heartbeats.isEmpty() ? common.heartbeats() : heartbeats,
                registryHeader == null ? common.registryHeader() : registryHeader,
                format == null ? common.format() : format);
    }
}
