package io.tributary.ingest;

import io.tributary.config.DataCenterAccess;
import io.tributary.config.SecretGrants;
import io.tributary.metrics.MetricsPlace;
import io.tributary.runtime.ArgumentReader;
import io.tributary.runtime.RuntimeChoice;
import java.util.Optional;

/**
 * The streaming job's arguments.
 *
 * @param config URI of the pipeline configuration
 * @param dataCenters URI of the data-centres file
 * @param lake URI of the lake; absent: {@code tables.location} of the configuration
 * @param checkpoint URI of the folder for checkpoints; absent: beside the tables
 * @param secrets which secrets each data center may use; absent: none on Glue, any elsewhere
 * @param metrics where the job's metrics go
 */
public record IngestArguments(
        RuntimeChoice runtime,
        String config,
        String dataCenters,
        Optional<String> lake,
        Optional<String> checkpoint,
        Optional<SecretGrants> secrets,
        MetricsPlace metrics) {

    /** @throws io.tributary.runtime.InvalidInputException with everything that is wrong with them */
    public static IngestArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        IngestArguments parsed = new IngestArguments(
                RuntimeChoice.read(reader),
                reader.required("config", "the URI of the pipeline configuration"),
                reader.required("data-centers", "the URI of the data-centres file"),
                reader.optional("lake"),
                reader.optional("checkpoint"),
                reader.optional("secrets", SecretGrants::parse),
                reader.optional("metrics", MetricsPlace::parse).orElse(new MetricsPlace.Nowhere()));
        reader.finish();
        return parsed;
    }

    /** What the data centers may use where the job runs. */
    DataCenterAccess access() {
        return new DataCenterAccess(runtime.kind(), secrets);
    }
}
