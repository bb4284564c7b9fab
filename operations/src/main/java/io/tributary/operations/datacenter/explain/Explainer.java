package io.tributary.operations.datacenter.explain;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.ToldByStream;
import io.tributary.operations.datacenter.check.CheckResult;
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
     * @param results of a check of it
     */
    public Explanation explain(
            DataCenter center, Optional<RecordedChange> change, List<CheckResult> results, Instant now)
            throws InterruptedException {
        RecentBatches batches = RecentBatches.of(new CommitLog(lake.staging(), hadoop), center.name());
        ClusterAnswer answer = ClusterAnswer.of(center, secrets, batches.progress(), timeout);
        List<String> told = ToldByStream.of(center.name(), lake, hadoop)
                .map(DataCenterStatus::trouble)
                .orElse(List.of());
        return new Diagnosis(center, now, change, batches, told, answer, results).explanation();
    }
}
