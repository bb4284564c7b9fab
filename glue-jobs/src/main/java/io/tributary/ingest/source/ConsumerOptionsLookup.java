package io.tributary.ingest.source;

import io.tributary.config.DataCenter;
import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.ingest.read.ConsumerOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Resolves the consumer options of the data centers of a batch side by side, since a store of secrets may take long to
 * answer. All together take no longer than one timeout. Whose secrets do not come in time is read with the last ones,
 * or, if there are none, by a later batch.
 */
final class ConsumerOptionsLookup implements AutoCloseable {

    private final SourceContext.Consumers consumers;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tributary-options");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, Last> last = new HashMap<>();

    private record Running(DataCenter center, CompletableFuture<ConsumerOptions> answer) {}

    private record Last(DataCenter center, ConsumerOptions options) {}

    /**
     * The options of one data center, or why there are none.
     *
     * @param error null if there are options
     */
    record Answer(Optional<ConsumerOptions> options, String error) {

        private static Answer of(ConsumerOptions options) {
            return new Answer(Optional.of(options), null);
        }

        private static Answer failed(String error) {
            return new Answer(Optional.empty(), error);
        }
    }

    ConsumerOptionsLookup(SourceContext.Consumers consumers, Duration timeout) {
        this.consumers = consumers;
        this.timeout = timeout;
    }

    /** @param load gives a data center by its name, or throws */
    SortedMap<String, Answer> of(Collection<String> names, Function<String, DataCenter> load)
            throws InterruptedException {
        SortedMap<String, Answer> answers = new TreeMap<>();
        for (String name : names) {
            try {
                begin(load.apply(name));
            } catch (RuntimeException e) {
                answers.put(name, Answer.failed(KafkaErrors.describe(e)));
            }
        }
        long end = System.nanoTime() + timeout.toNanos();
        for (String name : names) {
            if (!answers.containsKey(name)) {
                answers.put(name, await(running.get(name), Math.max(0, end - System.nanoTime())));
            }
        }
        return answers;
    }

    /** Starts a request, unless one for the same entry is in flight. */
    private void begin(DataCenter center) {
        Running before = running.get(center.name());
        if (before == null || before.answer().isDone() || !before.center().equals(center)) {
            running.put(
                    center.name(),
                    new Running(center, CompletableFuture.supplyAsync(() -> consumers.optionsOf(center), threads)));
        }
    }

    private Answer await(Running request, long nanos) throws InterruptedException {
        DataCenter center = request.center();
        try {
            ConsumerOptions options = request.answer().get(nanos, TimeUnit.NANOSECONDS);
            last.put(center.name(), new Last(center, options));
            return Answer.of(options);
        } catch (ExecutionException e) {
            return Answer.failed(KafkaErrors.describe(e));
        } catch (TimeoutException e) {
            return Optional.ofNullable(last.get(center.name()))
                    .filter(known -> known.center().equals(center))
                    .map(known -> Answer.of(known.options()))
                    .orElseGet(() -> Answer.failed("its secrets did not come within " + timeout.toMillis() + " ms"));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
