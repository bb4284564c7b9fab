package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import io.tributary.lab.truth.Configurations;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.TruthWriter;
import io.tributary.lake.commit.CommitLog;
import io.tributary.offsets.TopicPartitionId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Events on their way through a pipeline: the loads that send them, the truth about what was sent, and the reader that
 * asks for them all the while. Once it is closed, {@link #judge} compares.
 */
public final class Workload implements AutoCloseable {

    /** So many records go ahead; the rest follows when the stream has read one. */
    private static final int FIRST = 10;

    private final PipelineUnderTest pipeline;
    private final List<String> dataCenters;
    private final Clock clock;
    private final CommitTracker commits;
    private final Observer observer;
    private final TruthWriter truth;
    private final ViewPoller poller;
    private final List<Sending> sendings = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final OperatorOrders orders;

    /**
     * @param dataCenters those whose freshness is told one by one
     * @param clusters bootstrap servers of all clusters of the run, by name
     * @param logs settings with which the tables' logs are read
     * @param excuse which failures to answer the reader lives with
     */
    public Workload(
            PipelineUnderTest pipeline,
            List<String> dataCenters,
            Supplier<Map<String, String>> clusters,
            Configuration logs,
            ViewPoller.Excuse excuse,
            Clock clock) {
        this.pipeline = pipeline;
        this.dataCenters = List.copyOf(dataCenters);
        this.clock = clock;
        CommitLog staging = new CommitLog(pipeline.lake().staging(), logs);
        CommitLog merged = new CommitLog(pipeline.lake().merged(), logs);
        this.commits = new CommitTracker(staging, merged);
        this.orders = new OperatorOrders(
                pipeline.lake(),
                pipeline.directory().dataCentersFile(),
                Configurations.in(pipeline.directory().truth().dir()),
                clusters,
                logs,
                clock);
        orders.startedWith(pipeline.config(), clock.instant());
        this.observer = new Observer(
                dataCenters.size(),
                pipeline.config().dedup().timeTolerance(),
                clock.millis(),
                new CommitTimes(staging, merged));
        this.truth =
                pipeline.directory().truth().open(pipeline.directory().truth().nextRun());
        this.poller = new ViewPoller(
                pipeline.sql(),
                LakeRows.sql(
                        pipeline.lake().names().view(),
                        pipeline.config().dedup().scope(),
                        dataCenters),
                observer,
                dataCenters.size(),
                clock,
                excuse);
    }

    /** Begins to ask. */
    public void start() {
        poller.start();
    }

    /** Begins to send a load, once the stream has read the first records of it. */
    public void sendAfterTheFirst(Load load, Map<String, String> servers, BooleanSupplier isRead) {
        send(load, servers, Pace.afterTheFirst(FIRST, isRead));
    }

    /** @param servers bootstrap servers by data center */
    public void send(Load load, Map<String, String> servers, Pace pace) {
        sendings.add(Sending.start(load, sender(servers), clock, pace));
    }

    /**
     * Sends single records, until this is closed.
     *
     * @param servers bootstrap servers by data center
     */
    public Sender sender(Map<String, String> servers) {
        Sender sender = new Sender(servers, KafkaLabSpec.TOPIC, truth);
        senders.add(sender);
        return sender;
    }

    /** Notes that the streaming job is started with another configuration now. */
    public void startedWith(PipelineConfig config) {
        orders.startedWith(config, clock.instant());
    }

    /** What operators have ordered by now, and how far that had come at the last look at the commits. */
    private Orders orders() {
        return orders.look(commits.orders());
    }

    /** @param load sends for as long as what it is given says yes, and writes into {@link #truth} */
    public Sending send(Consumer<BooleanSupplier> load) {
        Sending sending = Sending.start(load);
        sendings.add(sending);
        return sending;
    }

    /** Where a load writes down what it has sent. */
    public TruthWriter truth() {
        return truth;
    }

    /** What was sent so far, by data center. */
    public Map<String, SentCounts> sent() {
        Map<String, SentCounts> sent = new HashMap<>();
        senders.forEach(sender ->
                sender.counts().forEach((dataCenter, counts) -> sent.merge(dataCenter, counts, SentCounts::plus)));
        return sent;
    }

    /** Keeps back what is to be sent through a data center, and returns when all that was sent is acknowledged. */
    public void hold(String dataCenter) {
        senders.forEach(sender -> sender.hold(dataCenter));
    }

    /** Sends what was kept back to the topic that the data center has now. */
    public void release(String dataCenter) {
        senders.forEach(sender -> sender.release(dataCenter));
    }

    public Observer observer() {
        return observer;
    }

    public ViewPoller poller() {
        return poller;
    }

    public CommitTracker commits() {
        return commits;
    }

    public boolean isAllSent() {
        return sendings.stream().allMatch(Sending::isDone);
    }

    /** Sends nothing more. */
    public void stopSending() {
        sendings.forEach(Sending::stop);
    }

    /** @param ends asks the clusters where each partition ends */
    public DrainMonitor drainMonitor(Duration stallTimeout, Supplier<Map<TopicPartitionId, Long>> ends) {
        return new DrainMonitor(
                stallTimeout,
                ends,
                this::orders,
                pipeline.directory().log("ingest").getParent());
    }

    /** What is wrong with the run itself, in words. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        poller.failure().ifPresent(e -> troubles.add(trouble("The view could not be asked", e)));
        sendings.forEach(
                sending -> sending.failure().ifPresent(e -> troubles.add(trouble("The load could not be sent", e))));
        return troubles;
    }

    /** A failure with its causes, in one line. */
    public static String trouble(String what, Throwable failure) {
        StringBuilder text = new StringBuilder(what).append(": ").append(failure);
        Optional<Throwable> cause = Optional.ofNullable(failure.getCause());
        while (cause.isPresent()) {
            text.append(", because of ").append(cause.get());
            cause = cause.map(Throwable::getCause);
        }
        return text.toString();
    }

    /** The verdict on everything that was sent; to be called once this is closed. */
    public Report judge(List<String> troubles, long residentMegabytes) {
        CommitTracker.Standing standing = commits.look();
        return new Verifier(
                        pipeline.sql(),
                        pipeline.lake(),
                        pipeline.config().dedup(),
                        dataCenters,
                        pipeline.directory().truth())
                .report(observer, standing, commits.abandoned(), orders(), residentMegabytes, troubles, clock);
    }

    /** Ends the sending and the asking; what is being sent no more is being written down no more. */
    @Override
    public void close() {
        stopSending();
        poller.close();
        senders.forEach(Sender::close);
        truth.close();
    }
}
