package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DedupScope;
import io.tributary.config.TablesConfig;
import io.tributary.lake.erasure.ErasurePass;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.RejectedRecord;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderProgressTest {

    private static final RejectedRecord REJECTED =
            new RejectedRecord(new TopicPartitionId("dc1", "events", 0), "cluster/topic", 3);

    /** The newest batch and merge that did not know erasure 1: committed at 70, and version 8. */
    private final OrderProgress progress = new OrderProgress(
            Map.of(), Map.of(), new TreeMap<>(Map.of(0L, 70L, 1L, 90L)), new TreeMap<>(Map.of(0L, 8L, 1L, 12L)));

    @TempDir
    private Path dir;

    private Lake lake;

    @BeforeEach
    void nameLake() {
        lake = new Lake(dir.toString(), TablesConfig.DEFAULTS);
    }

    @Test
    void anErasureIsCarriedOutWhenEachTableWasSearchedAfterTheLastThatDidNotKnowIt() {
        assertThat(isCarriedOut(erasure())).as("nothing was searched").isFalse();
        searched(lake.names().merged(), 9, 0);
        assertThat(isCarriedOut(erasure())).as("staging was not searched").isFalse();
        searched(lake.names().staging(), 20, 69);
        assertThat(isCarriedOut(erasure()))
                .as("a row of a batch that did not know may be left")
                .isFalse();
        searched(lake.names().staging(), 21, 70);
        assertThat(isCarriedOut(erasure())).isTrue();
        assertThat(isCarriedOut(erasure(REJECTED)))
                .as("the quarantine was not searched")
                .isFalse();
        searched(lake.names().quarantine(), 2, 0);
        assertThat(isCarriedOut(erasure(REJECTED))).isTrue();
    }

    @Test
    void aMergeThatDidNotKnowItMayHaveMergedOneOfItsRows() {
        searched(lake.names().staging(), 21, 70);
        searched(lake.names().merged(), 7, 0);
        assertThat(isCarriedOut(erasure())).isFalse();
    }

    @Test
    void aClosedErasureIsCarriedOut() {
        passes().close(1);
        assertThat(isCarriedOut(erasure(REJECTED))).isTrue();
    }

    private boolean isCarriedOut(ErasureRequest erasure) {
        return progress.isCarriedOut(erasure, passes(), lake);
    }

    private void searched(String table, long version, long watermark) {
        passes().add(new ErasurePass(1, table, version, watermark, List.of()));
    }

    private ErasurePasses passes() {
        return ErasurePasses.read(lake.erasures(), new HadoopFiles(new Configuration()));
    }

    private static ErasureRequest erasure(RejectedRecord... rejected) {
        return new ErasureRequest(
                1,
                Instant.EPOCH,
                "an operator",
                "a request",
                "1 event",
                Duration.ofDays(1),
                DedupScope.GLOBAL,
                "00",
                Set.of(),
                List.of(rejected),
                new TreeMap<>(),
                new TreeMap<>());
    }
}
