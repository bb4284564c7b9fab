package io.tributary.ingest.read;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The connected and idle Kafka consumers of one process, so that not every batch pays for connections and logins. A
 * consumer belongs to one data center and one set of options. After a secret was rotated, the next read opens a
 * consumer with the new one. Thread-safe; a consumer that was taken out belongs to one thread.
 */
public final class ConsumerPool {

    private static final Duration MAX_IDLE = Duration.ofMinutes(2);
    private static final String THREAD = "tributary-consumer-opener";

    /**
     * Static, because executors run the tasks of many queries in one process and have no other place for what outlives
     * a task.
     */
    public static final ConsumerPool OF_PROCESS = new ConsumerPool(RangeConsumer::open, System::nanoTime);

    private record Idle(RangeConsumer consumer, long since) {}

    private final Function<ConsumerOptions, RangeConsumer> open;
    private final LongSupplier nanoTime;
    private final Map<ConsumerOptions, Deque<Idle>> idle = new HashMap<>();
    private final ExecutorService openers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    });

    ConsumerPool(Function<ConsumerOptions, RangeConsumer> open, LongSupplier nanoTime) {
        this.open = open;
        this.nanoTime = nanoTime;
    }

    /**
     * A consumer with these options: the one that was used last, since it is most likely still connected.
     *
     * @param timeout for opening one; the name server and the login may take any time. A consumer that is opened later
     *     is kept for the next task
     * @throws TimeoutException if none was opened in time
     */
    RangeConsumer take(ConsumerOptions options, Duration timeout) {
        closeAll(removeExpired());
        synchronized (idle) {
            Deque<Idle> own = idle.get(options);
            if (own != null && !own.isEmpty()) {
                return own.pop().consumer();
            }
        }
        return open(options, timeout);
    }

    private RangeConsumer open(ConsumerOptions options, Duration timeout) {
        CompletableFuture<RangeConsumer> opened = CompletableFuture.supplyAsync(() -> open.apply(options), openers);
        try {
            return opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            whenOpened(opened, RangeConsumer::close);
            throw new InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            whenOpened(opened, this::release);
            throw new TimeoutException("a client was not opened within " + timeout.toMillis()
                    + " ms; its name server or the endpoint of its login is slow");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new KafkaException("a client cannot be opened", e.getCause());
        }
    }

    private static void whenOpened(CompletableFuture<RangeConsumer> opened, Consumer<RangeConsumer> then) {
        var unused = opened.thenAccept(then);
    }

    /** Returns a working consumer to the pool. */
    void release(RangeConsumer consumer) {
        synchronized (idle) {
            idle.computeIfAbsent(consumer.options(), key -> new ArrayDeque<>())
                    .push(new Idle(consumer, nanoTime.getAsLong()));
        }
        closeAll(removeExpired());
    }

    /** Closes what is idle. */
    public void clear() {
        List<RangeConsumer> all = new ArrayList<>();
        synchronized (idle) {
            idle.values().forEach(own -> own.forEach(one -> all.add(one.consumer())));
            idle.clear();
        }
        closeAll(all);
    }

    private List<RangeConsumer> removeExpired() {
        List<RangeConsumer> expired = new ArrayList<>();
        long now = nanoTime.getAsLong();
        synchronized (idle) {
            for (Iterator<Deque<Idle>> all = idle.values().iterator(); all.hasNext(); ) {
                Deque<Idle> own = all.next();
                while (!own.isEmpty() && now - own.peekLast().since() > MAX_IDLE.toNanos()) {
                    expired.add(own.removeLast().consumer());
                }
                if (own.isEmpty()) {
                    all.remove();
                }
            }
        }
        return expired;
    }

    private static void closeAll(List<RangeConsumer> consumers) {
        consumers.forEach(RangeConsumer::close);
    }
}
