package io.tributary.operations.datacenter.check;

import io.tributary.ingest.decode.DecodeResult;
import io.tributary.ingest.decode.Delivery;
import io.tributary.ingest.decode.RecordDecoder;
import io.tributary.ingest.read.KafkaTimestamp;
import io.tributary.ingest.read.RecordContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the pipeline's decoder makes of some records.
 *
 * @param refused how many, by reason
 * @param firstRefused where the first of them is, by reason
 * @param castFailures values that do not fit the type of their column
 * @param withCastFailures records that have one
 * @param withoutEvent records that the configuration passes over
 * @param newest time of the newest record, by Kafka; the epoch if there is none
 */
record RecordSample(
        int records,
        Map<String, Integer> refused,
        Map<String, String> firstRefused,
        int castFailures,
        int withCastFailures,
        int withoutEvent,
        Instant newest) {

    /** As the alarm {@code quarantine} has it by default: fewer are for the quarantine, and call nobody. */
    private static final int MAX_REFUSED_PERCENT = 1;

    /** @param decoders of a topic */
    static RecordSample of(
            List<ConsumerRecord<byte[], byte[]>> records,
            Function<String, RecordDecoder> decoders,
            String dataCenter,
            Instant now) {
        Map<String, Integer> refused = new TreeMap<>();
        Map<String, String> first = new TreeMap<>();
        int castFailures = 0;
        int withCastFailures = 0;
        int withoutEvent = 0;
        long newest = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            newest = Math.max(newest, record.timestamp());
            DecodeResult result = decoders.apply(record.topic())
                    .decide(RecordContent.of(record), new Delivery(dataCenter, KafkaTimestamp.of(record), now));
            if (result instanceof DecodeResult.Rejected rejected) {
                String reason = rejected.reason().name().toLowerCase(Locale.ROOT);
                refused.merge(reason, 1, Integer::sum);
                first.putIfAbsent(
                        reason,
                        record.topic() + "-" + record.partition() + " offset " + record.offset() + ": "
                                + rejected.detail());
            } else if (result instanceof DecodeResult.Event event && event.castFailures() > 0) {
                castFailures += event.castFailures();
                withCastFailures++;
            } else if (result instanceof DecodeResult.WithoutEvent) {
                withoutEvent++;
            }
        }
        return new RecordSample(
                records.size(),
                refused,
                first,
                castFailures,
                withCastFailures,
                withoutEvent,
                Instant.ofEpochMilli(newest));
    }

    private int refusals() {
        return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    private String events() {
        return withoutEvent == 0
                ? "the " + records + " newest records are all events"
                : "of the " + records + " newest records " + (records - withoutEvent) + " are events, and "
                        + withoutEvent + " are passed over by event.on_tombstone or event.on_heartbeat";
    }

    List<CheckResult> results(Instant now) {
        if (records == 0) {
            return List.of(CheckResult.unknown(
                    "records", "there is none to try the decoder on", "repeat the check when producers have begun"));
        }
        List<CheckResult> results = new ArrayList<>();
        String age = "; the newest is " + Times.words(Duration.between(newest, now)) + " old";
        if (refused.isEmpty()) {
            results.add(CheckResult.ok("records", events() + age));
        } else {
            String reasons = refused.entrySet().stream()
                    .map(reason -> reason.getValue() + " " + reason.getKey())
                    .collect(Collectors.joining(", "));
            String words = refusals() + " of the " + records + " newest records would be refused ("
                    + Times.share(refusals(), records) + "): " + reasons + age;
            String remedy = 100L * refusals() <= (long) MAX_REFUSED_PERCENT * records
                    ? ""
                    : "compare event and event_time of the pipeline file, and event of the entry, with the records; refused ones lie in"
                            + " events_quarantine";
            results.add(
                    refusals() == records
                            ? CheckResult.fail("records", words, remedy)
                            : CheckResult.warn("records", words, remedy));
            firstRefused.forEach(
                    (reason, where) -> results.add(CheckResult.warn("records", "first " + reason + ": " + where, "")));
        }
        results.add(
                castFailures == 0
                        ? CheckResult.ok("columns", "every value fits its column")
                        : CheckResult.warn(
                                "columns",
                                castFailures + " values of " + withCastFailures + " records ("
                                        + Times.share(withCastFailures, records)
                                        + ") do not fit the type of their column and would be null",
                                "compare columns of the pipeline file with the records"));
        return results;
    }
}
