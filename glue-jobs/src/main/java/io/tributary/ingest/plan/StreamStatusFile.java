package io.tributary.ingest.plan;

import io.tributary.lake.status.StreamStatus;
import io.tributary.runtime.HadoopFiles;
import java.time.Duration;
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

    private final String uri;
    private final RecentChanges changes;
    private final HadoopFiles files;
    private final ThreadPoolExecutor thread;
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
        thread.execute(() -> write(status));
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
