package io.tributary.ingest.plan;

import io.tributary.lake.status.StreamStatus;
import io.tributary.runtime.HadoopFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the file that holds the status of the streaming job. A thread of its own writes, so no trigger waits for the
 * storage; of statuses that wait to be written only the newest is. A failure is logged once until a write succeeds.
 */
public final class StreamStatusFile implements Consumer<StreamStatus> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamStatusFile.class);
    private static final Duration THREAD_KEEP_ALIVE = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(3);

    private final String uri;
    private final RecentChanges changes;
    private final HadoopFiles files;
    private final ThreadPoolExecutor thread;
    private volatile Optional<StreamStatus> newest = Optional.empty();
    private boolean isFailing;

    /**
     * @param uri of the file
     * @param dataCentersFile URI of the data-centers file, whose last changes are told as well
     */
    public StreamStatusFile(String uri, String dataCentersFile, HadoopFiles files) {
        this.uri = uri;
        this.changes = new RecentChanges(dataCentersFile, files);
        this.files = files;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                THREAD_KEEP_ALIVE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(1),
                task -> {
                    Thread writer = new Thread(task, "tributary-status");
                    writer.setDaemon(true);
                    return writer;
                },
                new ThreadPoolExecutor.DiscardOldestPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /** What an earlier run wrote; empty if nothing can be read. */
    public Optional<StreamStatus> last() {
        try {
            return files.exists(uri) ? StreamStatus.parse(files.read(uri)) : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn(
                    "ingest[status={}]: cannot be read: {}. The stream goes on; until when what is unread stays in Kafka"
                            + " and up to when a data center that does not answer is queryable is not known. Check that"
                            + " the job may read there.",
                    uri,
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void accept(StreamStatus status) {
        newest = Optional.of(status);
        thread.execute(() -> write(status));
    }

    /** Says that the job ends, if it has said anything before. Waits for that a few seconds at most; nothing is told after it. */
    public synchronized void end(Instant at) {
        if (thread.isShutdown()) {
            return;
        }
        newest.ifPresent(status -> thread.execute(() -> write(status.ended(at))));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("ingest[status={}]: that the job ends could not be written within {}", uri, END_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(StreamStatus status) {
        try {
            files.write(uri, status.withChanges(changes.newest()).toText());
            isFailing = false;
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn(
                        "ingest[status={}]: cannot be written: {}. The stream goes on; tributary status shows what the"
                                + " tables' logs hold, and not what happens while nothing is committed. Check that the"
                                + " job may write there.",
                        uri,
                        e.getMessage());
            }
            isFailing = true;
        }
    }
}
