package io.tributary.ingest.plan;

import io.tributary.lake.status.RecordedChange;
import io.tributary.runtime.HadoopFiles;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who changed data centers lately, by the history beside the data-centers file. Nothing that is read depends on it. */
final class RecentChanges {

    private static final Logger LOG = LoggerFactory.getLogger(RecentChanges.class);
    private static final int MAX_CHANGES = 20;

    private final String uri;
    private final HadoopFiles files;
    private boolean isFailing;

    RecentChanges(String dataCentersFile, HadoopFiles files) {
        this.uri = dataCentersFile + RecordedChange.FILE_SUFFIX;
        this.files = files;
    }

    /** In the order in which they were made; empty if there is no history, or it cannot be read. */
    List<RecordedChange> newest() {
        try {
            if (!files.exists(uri)) {
                return List.of();
            }
            List<String> lines =
                    files.read(uri).lines().filter(line -> !line.isBlank()).toList();
            List<RecordedChange> changes = lines.subList(Math.max(0, lines.size() - MAX_CHANGES), lines.size()).stream()
                    .map(RecordedChange::parse)
                    .toList();
            isFailing = false;
            return changes;
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.info(
                        "ingest[history={}]: cannot be read: {}. The stream goes on; the status page does not say who"
                                + " changed data centers. If tributary dc has changed some, check that the job may read"
                                + " the file and that each line is one of its records.",
                        uri,
                        e.getMessage());
            }
            isFailing = true;
            return List.of();
        }
    }
}
