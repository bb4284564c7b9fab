package io.tributary.operations.datacenter.explain;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.status.StreamStatus;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.RecordedChange;
import io.tributary.operations.datacenter.check.Fact;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Gathers what is known of a data center, and explains it. */
public final class Explainer {

    private final Lake lake;
    private final Configuration hadoop;
    private final Secrets secrets;
    private final Duration timeout;

    /** @param timeout of the question to its brokers */
    public Explainer(Lake lake, Configuration hadoop, Secrets secrets, Duration timeout) {
        this.lake = lake;
        this.hadoop = hadoop;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    /**
     * Explains a data center.
     *
     * @param change its last recorded change
     * @param facts of a check of it
     */
    public Explanation explain(DataCenter center, Optional<RecordedChange> change, List<Fact> facts, Instant now)
            throws InterruptedException {
        RecentBatches batches = RecentBatches.of(new CommitLog(lake.staging(), hadoop), center.name());
        ClusterAnswer answer = ClusterAnswer.of(center, secrets, batches.progress(), timeout);
        return new Evidence(center, now, change, batches, told(center.name()), answer, facts).explanation();
    }

    /** What the stream last said of it, a sentence each. */
    private List<String> told(String dataCenter) {
        HadoopFiles files = new HadoopFiles(hadoop);
        return files.exists(lake.streamStatus())
                ? StreamStatus.parse(files.read(lake.streamStatus()))
                        .map(status -> status.dataCenters().get(dataCenter))
                        .map(StreamStatus.DataCenterStatus::trouble)
                        .orElse(List.of())
                : List.of();
    }
}
