package io.tributary.operations.mapping;

import io.tributary.ingest.decode.DecodeResult;
import io.tributary.ingest.decode.Delivery;
import io.tributary.ingest.decode.RecordDecoder;
import io.tributary.ingest.read.RecordContent;
import io.tributary.operations.text.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the decoder makes of sample records.
 *
 * @param results of all of them, in their order
 */
public record MappingTrial(List<DecodeResult> results) {

    public MappingTrial {
        results = List.copyOf(results);
    }

    /**
     * Decodes the values of records.
     *
     * @param dataCenter that would deliver them
     * @param now counts as the time at which they are sent and read
     */
    public static MappingTrial of(List<byte[]> values, RecordDecoder decoder, String dataCenter, Instant now) {
        List<DecodeResult> results = new ArrayList<>();
        values.forEach(
                value -> results.add(decoder.decide(RecordContent.ofValue(value), new Delivery(dataCenter, now, now))));
        return new MappingTrial(results);
    }

    /** How many records are refused, by reason. */
    public SortedMap<String, Long> refused() {
        SortedMap<String, Long> refused = new TreeMap<>();
        for (DecodeResult result : results) {
            if (result instanceof DecodeResult.Rejected rejected) {
                refused.merge(reason(rejected), 1L, Long::sum);
            }
        }
        return refused;
    }

    public long events() {
        return count(DecodeResult.Event.class);
    }

    public long withoutEvent() {
        return count(DecodeResult.WithoutEvent.class);
    }

    /** Values that do not fit the type of their column. */
    public long castFailures() {
        return results.stream()
                .filter(DecodeResult.Event.class::isInstance)
                .mapToLong(result -> ((DecodeResult.Event) result).castFailures())
                .sum();
    }

    private long count(Class<? extends DecodeResult> kind) {
        return results.stream().filter(kind::isInstance).count();
    }

    /** In one sentence: {@code 10 of 12 records are events, 1 is passed over, 1 is refused: 1 missing_id.} */
    public String words() {
        long refused = results.size() - events() - withoutEvent();
        return Words.count(events()) + " of " + Words.count(results.size()) + " records are events"
                + (castFailures() == 0
                        ? ""
                        : ", with " + Words.count(castFailures()) + " values that do not fit their column")
                + (withoutEvent() == 0 ? "" : "; " + Words.count(withoutEvent()) + " passed over")
                + (refused == 0
                        ? ""
                        : "; " + Words.count(refused) + " refused: "
                                + refused().entrySet().stream()
                                        .map(reason -> Words.count(reason.getValue()) + " " + reason.getKey())
                                        .collect(Collectors.joining(", ")))
                + ".";
    }

    /** The reason as the quarantine has it. */
    public static String reason(DecodeResult.Rejected rejected) {
        return rejected.reason().name().toLowerCase(Locale.ROOT);
    }
}
