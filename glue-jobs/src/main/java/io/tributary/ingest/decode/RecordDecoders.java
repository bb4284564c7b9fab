package io.tributary.ingest.decode;

import io.tributary.config.EventOverrides;
import io.tributary.offsets.ReplayTopic;
import java.util.LinkedHashMap;
import java.util.Map;

/** The decoders of a task, one for each way in which a topic of a data center maps records to events. */
final class RecordDecoders {

    /** Of a batch that reads more topics with a mapping of their own, some are made anew. */
    private static final int MAX_DECODERS = 1_000;

    private record Mapping(String overrides, String topic) {}

    private final DecodeRules rules;
    private RecordDecoder common;
    private final Map<Mapping, RecordDecoder> decoders = new LinkedHashMap<>();

    RecordDecoders(DecodeRules rules) {
        this.rules = rules;
    }

    private DecodeRules ofTopic(String overrides, String topic) {
        return overrides == null ? rules : rules.with(EventOverrides.parse(overrides), topic);
    }

    /** The lines of a file that was never in Kafka are JSON, whatever the producers of the data center write. */
    private DecodeRules ofFile(String overrides, String topic) {
        return ofTopic(overrides, topic).ofJson();
    }

    /** @param overrides as JSON; null if the data center maps records as the pipeline file says */
    RecordDecoder of(String overrides, String topic) {
        boolean isOfFile = topic != null && ReplayTopic.isOfFile(topic);
        if (overrides == null && !isOfFile) {
            if (common == null) {
                common = new RecordDecoder(rules);
            }
            return common;
        }
        if (decoders.size() >= MAX_DECODERS) {
            decoders.clear();
        }
        return decoders.computeIfAbsent(
                new Mapping(overrides, topic),
                mapping -> new RecordDecoder(isOfFile ? ofFile(overrides, topic) : ofTopic(overrides, topic)));
    }
}
