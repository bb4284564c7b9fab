package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows which topics offsets belong to: another topic under the same name is read from its start, or not at all. */
final class TopicIdentityAuditor {

    private final String table;
    private final FindingCollector findings;

    TopicIdentityAuditor(String table, FindingCollector findings) {
        this.table = table;
        this.findings = findings;
    }

    /** The read progress that a batch has to continue: that before it, without the topics that it reads from their start. */
    static ReadProgress continued(ReadProgress before, BatchMetadata batch) {
        SortedSet<TopicName> restarted = restarted(before, batch);
        if (restarted.isEmpty()) {
            return before;
        }
        SortedMap<TopicPartitionId, Long> positions =
                new TreeMap<>(before.positions().offsets());
        positions.keySet().removeIf(partition -> restarted.contains(TopicName.of(partition)));
        return new ReadProgress(
                new PartitionOffsets(positions),
                new TreeSet<>(before.pending().stream()
                        .filter(range -> !restarted.contains(TopicName.of(range.partition())))
                        .toList()));
    }

    private static SortedSet<TopicName> restarted(ReadProgress before, BatchMetadata batch) {
        SortedSet<TopicName> restarted = new TreeSet<>();
        batch.readProgress().identities().forEach((topic, identity) -> {
            TopicIdentity known = before.identities().get(topic);
            if (known != null && identity.generation() == known.generation() + 1) {
                restarted.add(topic);
            }
        });
        return restarted;
    }

    /** Judges the identities of a batch by those before it. */
    void judge(long version, ReadProgress before, BatchMetadata batch) {
        SortedSet<TopicName> restarted = restarted(before, batch);
        before.identities().forEach((topic, known) -> {
            TopicIdentity found = batch.readProgress().identities().get(topic);
            if (found == null) {
                report(version, topic, known.toString(), "no identity");
            } else if (restarted.contains(topic)) {
                restarted(version, topic, known, found, before, batch);
            } else if (found.generation() != known.generation() || known.differsFrom(found)) {
                report(version, topic, known + ", or that it is read from its start", found.toString());
            }
        });
    }

    private void restarted(
            long version,
            TopicName topic,
            TopicIdentity known,
            TopicIdentity found,
            ReadProgress before,
            BatchMetadata batch) {
        boolean isAmid = batch.ranges().entrySet().stream()
                .anyMatch(range -> TopicName.of(range.getKey()).equals(topic)
                        && range.getValue().from() < range.getValue().until());
        if (isAmid) {
            report(version, topic, "that " + found + " is read from its start", "that it was read on amid its records");
            return;
        }
        SortedMap<Integer, Long> positions = new TreeMap<>();
        before.positions().offsets().forEach((partition, position) -> {
            if (TopicName.of(partition).equals(topic)) {
                positions.put(partition.partition(), position);
            }
        });
        findings.note("Batch " + batch.sequence() + " reads topic " + topic + " from its start as " + found
                + ", which an operator accepted. Before it was " + known
                + ", read up to these offsets of its partitions: "
                + positions + "; what that topic held beyond them was not read.");
    }

    private void report(long version, TopicName topic, String expected, String found) {
        findings.add(new Finding(Finding.Kind.TOPIC_IDENTITY, table, version, topic.toString(), expected, found));
    }
}
