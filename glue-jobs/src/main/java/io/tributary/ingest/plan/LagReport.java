package io.tributary.ingest.plan;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.OpenTransactions;
import io.tributary.ingest.discovery.WarningThrottle;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the trouble of the data centers that answer: which one, what, since when, and what to do. */
public final class LagReport {

    private static final Logger LOG = LoggerFactory.getLogger(LagReport.class);
    private static final String OTHERS = "Everything else goes on; nothing is skipped without an operator's decision.";

    private final Clock clock;
    private final WarningThrottle warnings = new WarningThrottle();
    private final OpenTransactions transactions = new OpenTransactions();
    private final SortedSet<String> present = new TreeSet<>();

    public LagReport(Clock clock) {
        this.clock = clock;
    }

    /**
     * Logs new trouble, trouble that ended, and what is due to be repeated.
     *
     * @param answers of those that answered
     */
    public void tell(SortedMap<String, OffsetBounds> answers, SortedMap<String, BatchPlan> plans) {
        Instant now = clock.instant();
        present.clear();
        answers.forEach((name, reach) -> {
            reach.unavailable().forEach(one -> trouble(now, name, one.place(), one.describe(), false));
            transactions
                    .stuck(reach, now)
                    .forEach((partition, words) -> trouble(now, name, "transaction " + partition, words, false));
        });
        twice(answers).forEach((name, words) -> trouble(now, name, "cluster", words, false));
        plans.forEach(
                (name, plan) -> plan.halts().forEach(halt -> trouble(now, name, place(halt), halt.describe(), true)));
        warnings.retain(present)
                .forEach((trouble, since) -> LOG.info(
                        "ingest[dc={}]: ended after {}: trouble with {}",
                        trouble.substring(0, trouble.indexOf(' ')),
                        Duration.between(since, now),
                        trouble.substring(trouble.indexOf(' ') + 1)));
    }

    private void trouble(Instant now, String dataCenter, String place, String words, boolean isHalt) {
        String key = dataCenter + " " + place;
        present.add(key);
        warnings.note(key, now).ifPresent(due -> {
            if (isHalt) {
                LOG.error("ingest[dc={}]: halted: {}. {}{}", dataCenter, words, OTHERS, due.describe());
            } else {
                LOG.warn("ingest[dc={}]: {}{}", dataCenter, words, due.describe());
            }
        });
    }

    private static String place(Halt halt) {
        if (halt instanceof BreakerTrip trip) {
            return "its records, rejected from offset " + trip.from() + " of " + trip.partition();
        }
        return halt instanceof Gap gap
                ? "a gap in " + gap.partition() + " from offset " + gap.position()
                : "the offsets of topic " + halt.topic();
    }

    /**
     * Logs what a batch begins and what it skips.
     *
     * @param before positions and pending ranges before the batch
     */
    public void tellChanges(ReadProgress before, BatchPlan batch) {
        SortedMap<TopicName, String> newPartitions = new TreeMap<>();
        batch.newPartitions()
                .offsets()
                .forEach((partition, offset) -> newPartitions.merge(
                        TopicName.of(partition),
                        partition.partition() + " at " + offset,
                        (first, next) -> first + ", " + next));
        newPartitions.forEach((topic, partitions) -> LOG.info(
                "ingest[dc={}]: {} topic {} as {}, partitions and offsets: {}",
                topic.dataCenter(),
                beginning(before, batch, topic),
                topic.topic(),
                batch.identities().get(topic),
                partitions));
        readByOthers(before, batch)
                .forEach((topic, other) -> LOG.warn(
                        "ingest[dc={}]: topic {} is the one that data center {} has read: everything from the beginning on is"
                                + " read again. Under dedup.scope: global that is known as duplicates; under data_center"
                                + " each event becomes visible once more. If the data center has only another name now,"
                                + " give it the former one, or a start behind what was read.",
                        topic.dataCenter(),
                        topic.topic(),
                        other.dataCenter()));
        batch.lost()
                .forEach(range -> LOG.warn(
                        "ingest[dc={}]: skips {}, which Kafka no longer has, as the data-centers file allows",
                        range.partition().dataCenter(),
                        range));
        batch.expired()
                .forEach(range -> LOG.warn(
                        "ingest[dc={}]: begins at offset {} of {}: retention took {} before the first reading",
                        range.partition().dataCenter(),
                        range.until(),
                        range.partition(),
                        range));
    }

    private static String beginning(ReadProgress before, BatchPlan batch, TopicName topic) {
        TopicIdentity known = before.identities().get(topic);
        if (known != null && batch.identities().get(topic).generation() > known.generation()) {
            return "accept_reset restarts";
        }
        return before.positions().offsets().keySet().stream()
                        .anyMatch(partition -> TopicName.of(partition).equals(topic))
                ? "reads new partitions of"
                : "begins";
    }

    /** The topics that begin although another data center has read them, each as that one calls it. */
    static SortedMap<TopicName, TopicName> readByOthers(ReadProgress before, BatchPlan batch) {
        SortedMap<TopicName, TopicName> read = new TreeMap<>();
        batch.newPartitions().offsets().keySet().stream()
                .map(TopicName::of)
                .filter(topic -> !before.identities().containsKey(topic))
                .forEach(topic -> before.identities().entrySet().stream()
                        .filter(other -> other.getKey().topic().equals(topic.topic())
                                && isSameTopic(
                                        other.getValue(), batch.identities().get(topic)))
                        .findFirst()
                        .ifPresent(other -> read.put(topic, other.getKey())));
        return read;
    }

    /** Whether both are surely one topic of one cluster. */
    private static boolean isSameTopic(TopicIdentity one, TopicIdentity other) {
        return other != null
                && !one.differsFrom(other)
                && !one.topicId().equals(TopicIdentity.UNTOLD)
                && !other.topicId().equals(TopicIdentity.UNTOLD);
    }

    /** Finds data centers that read the same topic of the same cluster. */
    private static Map<String, String> twice(SortedMap<String, OffsetBounds> answers) {
        Map<String, String> words = new TreeMap<>();
        Map<String, String> readers = new TreeMap<>();
        answers.forEach((name, reach) -> reach.identities().forEach((topic, identity) -> {
            if (!identity.clusterId().equals(TopicIdentity.UNTOLD)) {
                String other = readers.putIfAbsent(identity.clusterId() + "/" + topic, name);
                if (other != null) {
                    words.put(
                            name,
                            "reads topic " + topic + " of the cluster " + identity.clusterId()
                                    + ", which data center " + other + " reads as well: every record is read twice,"
                                    + " and under dedup.scope: data_center each event may be visible twice. Take one"
                                    + " of the two out of the data-centers file, unless one replaces the other");
                }
            }
        }));
        return words;
    }
}
