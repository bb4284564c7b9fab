package io.tributary.operations.datacenter;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.discovery.KafkaCluster;
import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.offsets.ReadProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/**
 * What a data center answers when the stream's own question is put to it.
 *
 * @param bounds empty if it does not answer
 * @param cause why not, in one line; empty if it does
 */
public record ClusterAnswer(Optional<OffsetBounds> bounds, String cause) {

    /** @param known how far it is read, for the comparison with what the brokers hold */
    public static ClusterAnswer of(DataCenter center, Secrets secrets, ReadProgress known, Duration timeout)
            throws InterruptedException {
        KafkaCluster cluster = new KafkaCluster(center, secrets, timeout);
        try {
            return new ClusterAnswer(Optional.of(cluster.reach(known)), "");
        } catch (ExecutionException | TimeoutException | KafkaException | InvalidInputException e) {
            return new ClusterAnswer(Optional.empty(), KafkaErrors.describe(e));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("asking data center " + center.name() + " failed", e);
        } finally {
            cluster.close();
        }
    }
}
