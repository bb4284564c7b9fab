package io.tributary.lab.chaos;

import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.s3.S3Rule;
import io.tributary.metrics.Metric;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** What an administrator of a data center's Kafka does to its topic, and what an operator answers. */
final class TopicFaults {

    private static final int PARTITIONS = 2;

    private final FaultTargets targets;
    private final FaultyWorkload workload;
    private final Path metrics;

    /** @param metrics the file in which the streaming job publishes */
    TopicFaults(FaultTargets targets, FaultyWorkload workload, Path metrics) {
        this.targets = targets;
        this.workload = workload;
        this.metrics = metrics;
    }

    /**
     * The topic is deleted and recreated: when everything of it is read, while the job is down, or between the planning
     * and the reading of a batch. The job must say that it reads nothing of the new topic, and read all of it once that
     * is accepted.
     */
    void recreate(Fault fault) {
        String name = fault.dataCenter();
        long published = published();
        String topicId =
                switch (fault.oneOf(3)) {
                    case 0 -> recreateOnceRead(name);
                    case 1 -> recreateWhileDown(fault);
                    default -> recreateBeforeReading(fault);
                };
        String reset = awaitWords(topicId);
        targets.await(Metric.TOPICS_HALTED.title() + " counts the topic of " + name, () -> isCounted(name, published));
        targets.say(name + " is halted and counted, and " + reset + " is accepted");
        targets.members().acceptReset(name, reset);
        TopicName topic = new TopicName(name, KafkaLabSpec.TOPIC);
        targets.await(topic + " is read as " + topicId, () -> Optional.ofNullable(
                        workload.standing().readProgress().identities().get(topic))
                .map(TopicIdentity::topicId)
                .filter(topicId::equals)
                .isPresent());
        workload.recoveries().forget(topic);
        targets.members().removeReset(name);
        targets.say("the new topic of " + name + " is read");
    }

    private String recreateOnceRead(String name) {
        workload.hold(name);
        Map<TopicPartitionId, Long> ends = workload.ends(List.of(name));
        targets.await(
                "the topic of " + name + " is read", () -> workload.standing().isRead(ends));
        String topicId = recreate(name);
        workload.release(name);
        targets.say("the topic of " + name + " is read, deleted and recreated");
        return topicId;
    }

    private String recreateWhileDown(Fault fault) {
        String name = fault.dataCenter();
        targets.drivers().ingest().end();
        targets.pause(fault.lasts());
        workload.hold(name);
        String topicId = recreate(name);
        workload.release(name);
        targets.drivers().ingest().start();
        targets.say("the topic of " + name + " was deleted and recreated while the job was down");
        return topicId;
    }

    private String recreateBeforeReading(Fault fault) {
        String name = fault.dataCenter();
        S3Rule rule = S3Rule.holdAfter(fault.kind().word() + "-" + fault.round(), ClusterFaults.PLAN);
        String plan = targets.hold(rule);
        workload.hold(name);
        String topicId = recreate(name);
        workload.release(name);
        targets.s3().letPass(rule);
        targets.say("the topic of " + name + " was deleted and recreated after "
                + plan.replaceFirst(".*/offsets/", "the planning of batch "));
        return topicId;
    }

    /** The id of the new topic. */
    private String recreate(String name) {
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", targets.clusters().servers().get(name)))) {
            admin.deleteTopics(List.of(KafkaLabSpec.TOPIC)).all().get();
            while (true) {
                CreateTopicsResult created =
                        admin.createTopics(List.of(new NewTopic(KafkaLabSpec.TOPIC, PARTITIONS, (short) 1)));
                try {
                    return created.topicId(KafkaLabSpec.TOPIC).get().toString();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                    targets.pause(FaultTargets.LOOK_EVERY);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topic of " + name + " cannot be recreated", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the topic of " + name + " was recreated", e);
        }
    }

    /** What the job asks to be accepted for the new topic. */
    private String awaitWords(String topicId) {
        Pattern words = Pattern.compile("halted: topic .* accept_reset: \\[(\\S+ as [^/\\s]+/" + topicId + "/\\d+)]");
        RestartingJob ingest = targets.drivers().ingest();
        String[] reset = new String[1];
        targets.await("the streaming job asks for a reset to " + topicId, () -> {
            Matcher matcher = words.matcher(ingest.process().logTail());
            if (matcher.find()) {
                reset[0] = matcher.group(1);
            }
            return reset[0] != null;
        });
        return reset[0];
    }

    private long published() {
        try {
            return Files.size(metrics);
        } catch (IOException e) {
            throw new UncheckedIOException("The metrics " + metrics + " cannot be read", e);
        }
    }

    /** Whether the metric of halted topics says so of a data center, in what was published later. */
    private boolean isCounted(String name, long from) {
        try {
            byte[] all = Files.readAllBytes(metrics);
            return new String(all, (int) from, (int) (all.length - from), StandardCharsets.UTF_8)
                    .lines()
                    .anyMatch(line -> line.contains("\"" + Metric.TOPICS_HALTED.title() + "\"")
                            && line.contains("\"" + Metric.DATA_CENTER + "\":\"" + name + "\"")
                            && line.contains("\"max\":1"));
        } catch (IOException e) {
            throw new UncheckedIOException("The metrics " + metrics + " cannot be read", e);
        }
    }
}
