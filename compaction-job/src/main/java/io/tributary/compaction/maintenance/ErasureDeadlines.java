package io.tributary.compaction.maintenance;

import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** By when files must be gone that hold erased events. */
record ErasureDeadlines(List<ErasureRequest> requests) {

    /** VACUUM runs once a day, and the rows are removed a while after they were asked for. */
    private static final Duration SAFETY_MARGIN = Duration.ofDays(2);

    /** Running readers, and files that a job has written and not committed, are younger than this. */
    private static final Duration MIN_FILES = Duration.ofDays(1);

    static ErasureDeadlines of(SparkSession spark, Lake lake) {
        return new ErasureDeadlines(new ErasureRequests(
                        lake.erasures(), new HadoopFiles(spark.sessionState().newHadoopConf()))
                .all());
    }

    /**
     * How long replaced files may stay.
     *
     * @param configured how long without an erasure
     * @param now an erasure counts until its deadline, and a week longer for what was put off
     */
    Duration shorten(Duration configured, Instant now) {
        return requests.stream()
                .filter(request -> request.deadline().plus(Duration.ofDays(7)).isAfter(now))
                .map(request -> request.within().minus(SAFETY_MARGIN))
                .map(left -> left.compareTo(MIN_FILES) < 0 ? MIN_FILES : left)
                .filter(left -> left.compareTo(configured) < 0)
                .min(Duration::compareTo)
                .orElse(configured);
    }
}
