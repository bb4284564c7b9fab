package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.config.StartingOffsets;
import io.tributary.ingest.read.ConsumerOptions;
import io.tributary.ingest.read.RangeInputPartition;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.lab.fixtures.SourceFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConsumerOptionsResolverTest {

    private static final DataCenter CENTER = new DataCenter(
            "fra1",
            "127.0.0.1:9092",
            List.of("events"),
            new StartingOffsets.Earliest(),
            DataCenter.State.ACTIVE,
            List.of(),
            List.of(),
            Map.of("security.protocol", "SSL", "ssl.key.password", "${secret:fra1}"));

    private final AtomicReference<String> stored = new AtomicReference<>("MARKERSECRET");
    private final ConsumerOptionsResolver reads =
            new ConsumerOptionsResolver(Secrets.ofThisProcess(secret -> stored.get()), PipelineConfig.defaults());

    @Test
    void aRenewedSecretIsAnotherConsumers() {
        ConsumerOptions before = reads.optionsOf(CENTER);
        assertThat(reads.optionsOf(CENTER)).isEqualTo(before);

        stored.set("renewed");

        assertThat(reads.optionsOf(CENTER)).isNotEqualTo(before);
        assertThat(reads.optionsOf(CENTER).toMap()).containsEntry("ssl.key.password", "renewed");
    }

    @Test
    void aTaskCarriesTheSecretAndNoTextOfItShowsIt() throws Exception {
        RangeInputPartition task = new RangeInputPartition(
                List.of(RangeReadTask.of(SourceFixtures.range(0, 1, 2), RangeReadTask.UNKNOWN_EPOCH)),
                0,
                null,
                reads.optionsOf(CENTER),
                null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(task);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            RangeInputPartition there = (RangeInputPartition) in.readObject();
            assertThat(there.consumer().toMap()).containsEntry("ssl.key.password", "MARKERSECRET");
            assertThat(there.toString()).contains("fra").doesNotContain("MARKERSECRET");
        }
        assertThat(List.of(task, reads.optionsOf(CENTER), CENTER, reads).toString())
                .doesNotContain("MARKERSECRET");
    }
}
