package io.tributary.lake.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * Reads ahead: gives versions in order while a few threads fetch those that come next. On S3 each file costs a round
 * trip and no work, so many are under way; on a disk there is nothing to wait for, and a thread per core is enough.
 */
public final class PrefetchingReader implements AutoCloseable {

    /** How many versions are worth asking for at once. */
    public static final int WINDOW = 64;

    private static final int REMOTE_THREADS = 32;
    private static final int CHUNK = 16;

    private final ExecutorService threads;
    private final int chunksAhead;

    private PrefetchingReader(int threads) {
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "log-reader");
            thread.setDaemon(true);
            return thread;
        });
        this.chunksAhead = threads * 2;
    }

    /** For the tables of a lake: many requests at once where each is a round trip. */
    public static PrefetchingReader of(String lake) {
        return lake.startsWith("file:") ? local() : remote();
    }

    private static PrefetchingReader local() {
        return new PrefetchingReader(Runtime.getRuntime().availableProcessors());
    }

    private static PrefetchingReader remote() {
        return new PrefetchingReader(REMOTE_THREADS);
    }

    /**
     * What a reader, safe for many threads, makes of each version, in order.
     *
     * @param until exclusive
     */
    public <T> Iterator<T> read(long from, long until, LongFunction<T> reader) {
        return new Chunks<>(from, until, reader);
    }

    /** Those of a span of versions that satisfy the test, in order. */
    public List<Long> select(long from, long until, LongPredicate test) {
        List<Long> selected = new ArrayList<>();
        Iterator<Boolean> answers = read(from, until, test::test);
        for (long version = from; version < until; version++) {
            if (answers.next()) {
                selected.add(version);
            }
        }
        return selected;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private final class Chunks<T> implements Iterator<T> {

        private final Deque<Future<List<T>>> underWay = new ArrayDeque<>();
        private final long until;
        private final LongFunction<T> reader;
        private long next;
        private Iterator<T> chunk = List.<T>of().iterator();

        Chunks(long from, long until, LongFunction<T> reader) {
            this.next = from;
            this.until = until;
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            return chunk.hasNext() || !underWay.isEmpty() || next < until;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no version below " + until + " is left");
            }
            if (!chunk.hasNext()) {
                while (underWay.size() < chunksAhead && next < until) {
                    underWay.add(threads.submit(fetch(next, Math.min(next + CHUNK, until))));
                    next = Math.min(next + CHUNK, until);
                }
                chunk = result(underWay.remove()).iterator();
            }
            return chunk.next();
        }

        private Callable<List<T>> fetch(long from, long end) {
            return () -> {
                List<T> fetched = new ArrayList<>();
                for (long version = from; version < end; version++) {
                    fetched.add(reader.apply(version));
                }
                return fetched;
            };
        }

        private List<T> result(Future<List<T>> future) {
            try {
                return future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("a commit could not be read", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the reading of a log was interrupted");
            }
        }
    }
}
