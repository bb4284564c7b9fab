package io.tributary.ingest.source;

import io.tributary.config.DataCenter;
import io.tributary.config.EventOverrides;
import io.tributary.ingest.read.ConsumerOptions;
import io.tributary.ingest.read.FileInputPartition;
import io.tributary.ingest.read.RangeInputPartition;
import io.tributary.ingest.read.RangeOutcome;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.ingest.read.ReadLimits;
import io.tributary.ingest.read.UnreplayableBatchException;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.util.SerializableConfiguration;

/** Makes the tasks of a batch from its ranges: with which options each is read, and which cannot be read now. */
final class TaskPlanner {

    private final SourceContext context;
    private final ConsumerOptionsLookup consumers;
    private final TopicQuestion topics;
    private final Replays replays;
    private final SerializableConfiguration hadoop;
    private final int parallelism;

    /** Asks data centers what their topics are now. */
    @FunctionalInterface
    interface TopicQuestion {
        PlannedTopics ask(Map<String, DataCenter> centers, ReadProgress planned) throws InterruptedException;
    }

    /**
     * A batch whose ranges are to be read.
     *
     * @param isCommitted whether it is in the lake already and has to be read as it is there
     * @param isNew whether this process planned it, and so has just seen its topics
     */
    record Batch(long plannedAt, ReadProgress readProgress, boolean isCommitted, boolean isNew) {}

    /**
     * @param hadoop for the files that are read by request
     * @param parallelism how many tasks run at a time
     */
    TaskPlanner(
            SourceContext context,
            ConsumerOptionsLookup consumers,
            TopicQuestion topics,
            Replays replays,
            SerializableConfiguration hadoop,
            int parallelism) {
        this.context = context;
        this.consumers = consumers;
        this.topics = topics;
        this.replays = replays;
        this.hadoop = hadoop;
        this.parallelism = parallelism;
    }

    List<InputPartition> tasks(List<RangeReadTask> ranges, Batch batch) throws InterruptedException {
        SortedMap<String, ConsumerOptionsLookup.Answer> answers =
                consumers.of(withOptions(ranges), context.store()::load);
        Optional<PlannedTopics> now = batch.isNew() ? Optional.empty() : Optional.of(topicsOf(ranges, answers, batch));
        List<InputPartition> tasks = new ArrayList<>();
        List<RangeReadTask> readable = new ArrayList<>();
        for (RangeReadTask range : ranges) {
            Optional<ReplayInput> input =
                    range.hasRecords() && range.isOfFile() ? replays.input(range.id()) : Optional.empty();
            Optional<String> error = range.hasRecords() ? error(range, input, answers, now) : Optional.empty();
            if (error.isPresent()) {
                if (batch.isCommitted()) {
                    throw new UncheckedIOException(
                            new UnreplayableBatchException(range.offsets(), batch.plannedAt(), error.get()));
                }
                readable.add(RangeReadTask.without(range.offsets(), RangeOutcome.DEFERRED, error.get()));
            } else if (input.isPresent()) {
                tasks.add(new FileInputPartition(
                        range,
                        input.get().file().orElseThrow(),
                        input.get().length(),
                        batch.plannedAt(),
                        overrides(range.dataCenter()),
                        Optional.ofNullable(answers.get(range.dataCenter()))
                                .flatMap(ConsumerOptionsLookup.Answer::options)
                                .map(ConsumerOptions::registry)
                                .orElse(null),
                        batch.isCommitted(),
                        hadoop));
            } else {
                readable.add(range);
            }
        }
        tasks.addAll(ofKafka(readable, answers, batch));
        return tasks;
    }

    private static Optional<String> error(
            RangeReadTask range,
            Optional<ReplayInput> input,
            SortedMap<String, ConsumerOptionsLookup.Answer> answers,
            Optional<PlannedTopics> topics) {
        if (range.isOfFile()) {
            return input.isPresent()
                    ? Optional.ofNullable(answers.get(range.dataCenter())).map(ConsumerOptionsLookup.Answer::error)
                    : Optional.of("the request that names it, " + range.topic()
                            + ", is not beside the tables any more, or cannot be read");
        }
        return Optional.ofNullable(answers.get(range.dataCenter()).error())
                .or(() -> topics.flatMap(planned -> planned.problem(range)));
    }

    private List<InputPartition> ofKafka(
            List<RangeReadTask> readable, SortedMap<String, ConsumerOptionsLookup.Answer> answers, Batch batch) {
        List<List<RangeReadTask>> packed = RangeInputPartition.pack(readable);
        Map<String, Long> tasks = packed.stream()
                .collect(Collectors.groupingBy(task -> task.get(0).dataCenter(), Collectors.counting()));
        return packed.stream()
                .<InputPartition>map(task -> {
                    String name = task.get(0).dataCenter();
                    ReadLimits limits = batch.isCommitted()
                            ? ReadLimits.OF_COMMITTED
                            : ReadLimits.of(
                                    context.options().readingTarget(),
                                    tasks.get(name).intValue(),
                                    parallelism);
                    ConsumerOptions consumer = Optional.ofNullable(answers.get(name))
                            .flatMap(ConsumerOptionsLookup.Answer::options)
                            .orElse(null);
                    return new RangeInputPartition(task, batch.plannedAt(), overrides(name), consumer, limits);
                })
                .toList();
    }

    /** By the entry that was saved when the batch was planned. Records of files may count as a data center without an entry. */
    private String overrides(String dataCenter) {
        return context.store()
                .find(dataCenter)
                .map(DataCenter::event)
                .filter(event -> !event.equals(EventOverrides.NONE))
                .map(event -> event.json().toString())
                .orElse(null);
    }

    /** Asks the data centers that can be read what their topics are now. */
    private PlannedTopics topicsOf(
            List<RangeReadTask> ranges, SortedMap<String, ConsumerOptionsLookup.Answer> answers, Batch batch)
            throws InterruptedException {
        Map<String, DataCenter> centers = new TreeMap<>();
        dataCentersOf(ranges).stream()
                .filter(name -> answers.get(name).error() == null)
                .forEach(name -> centers.put(name, context.store().load(name)));
        return topics.ask(centers, batch.readProgress());
    }

    /** Of records that were in Kafka and lie in a file only the registry is asked. */
    private SortedSet<String> withOptions(List<RangeReadTask> ranges) {
        SortedSet<String> names = dataCentersOf(ranges);
        ranges.stream()
                .filter(range -> range.hasRecords() && range.isOfFile() && ReplayTopic.isAgain(range.topic()))
                .map(RangeReadTask::dataCenter)
                .filter(name ->
                        context.store().find(name).map(DataCenter::registry).isPresent())
                .forEach(names::add);
        return names;
    }

    private static SortedSet<String> dataCentersOf(List<RangeReadTask> ranges) {
        return ranges.stream()
                .filter(range -> range.hasRecords() && !range.isOfFile())
                .map(RangeReadTask::dataCenter)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
