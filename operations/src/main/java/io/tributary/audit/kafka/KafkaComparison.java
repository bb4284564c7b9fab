package io.tributary.audit.kafka;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.plan.AcceptedDataLoss;
import io.tributary.ingest.plan.BatchPlanner;
import io.tributary.ingest.plan.ReadQuota;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares what the brokers hold now with what the lake's log says was read.
 *
 * @param rows a line for each partition
 * @param findings in words; none if both fit
 */
record KafkaComparison(List<String> rows, List<String> findings) {

    private static final String ROW = "%-20s  %-30s  %9s  %12s  %12s  %12s  %12s  %9s%n";
    private static final ReadQuota ALL = new ReadQuota(Long.MAX_VALUE);

    KafkaComparison {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /** The answer of a data center. */
    sealed interface Answer permits Reached, Silent {}

    record Reached(OffsetBounds reach) implements Answer {}

    /** @param cause in one line */
    record Silent(String cause) implements Answer {}

    static KafkaComparison of(ReadProgress read, SortedMap<String, Answer> answers) {
        List<String> rows = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        answers.forEach((name, answer) -> {
            if (answer instanceof Reached reached) {
                BatchPlanner.plan(name, read, reached.reach(), ALL, AcceptedDataLoss.NONE)
                        .halts()
                        .forEach(stop -> findings.add(stop.describe()));
                reached.reach()
                        .unavailable()
                        .forEach(one -> findings.add("data center " + name + ": " + one.describe()));
                rows.addAll(rows(name, read, reached.reach()));
            } else if (answer instanceof Silent silent) {
                findings.add("data center " + name + " does not answer, so nothing is known of it: " + silent.cause());
            }
        });
        return new KafkaComparison(rows, findings);
    }

    private static List<String> rows(String dataCenter, ReadProgress read, OffsetBounds reach) {
        SortedSet<TopicPartitionId> partitions =
                new TreeSet<>(read.positions().dataCenter(dataCenter).offsets().keySet());
        partitions.addAll(reach.partitions());
        return partitions.stream()
                .map(partition -> ROW.formatted(
                        partition.dataCenter(),
                        partition.topic(),
                        partition.partition(),
                        reach.earliest().of(partition).map(String::valueOf).orElse("-"),
                        read.positions().of(partition).map(String::valueOf).orElse("-"),
                        reach.end().of(partition).map(String::valueOf).orElse("-"),
                        lag(partition, read, reach),
                        read.pendingOf(partition).stream()
                                .mapToLong(OffsetRange::offsets)
                                .sum()))
                .toList();
    }

    private static String lag(TopicPartitionId partition, ReadProgress read, OffsetBounds reach) {
        return reach.end()
                .of(partition)
                .flatMap(end -> read.positions().of(partition).map(position -> String.valueOf(end - position)))
                .orElse("-");
    }

    String text() {
        StringBuilder text = new StringBuilder(ROW.formatted(
                "data center", "topic", "partition", "Kafka from", "read until", "Kafka until", "lag", "waiting"));
        rows.forEach(text::append);
        text.append(System.lineSeparator());
        if (findings.isEmpty()) {
            return text.append(
                            "Kafka and the log fit: what was read is, or was, in these topics, and all that is not read is"
                                    + " there")
                    .append(System.lineSeparator())
                    .toString();
        }
        text.append(findings.size()).append(findings.size() == 1 ? " finding:" : " findings:");
        findings.forEach(
                finding -> text.append(System.lineSeparator()).append("  ").append(finding));
        return text.append(System.lineSeparator()).toString();
    }
}
