package io.tributary.ingest;

import io.tributary.cli.ArgumentReader;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.SecretGrants;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeOptions;
import java.util.Optional;

/**
 * The streaming job's arguments.
 *
 * @param config URI of the pipeline configuration
 * @param dataCenters URI of the data-centers file
 * @param lake URI of the lake; absent: {@code tables.location} of the configuration
 * @param checkpoint URI of the folder for checkpoints; absent: beside the tables
 * @param secrets which secrets each data center may use; absent: none on Glue, any elsewhere
 * @param metrics where the job's metrics go
 */
public record IngestArguments(
        RuntimeOptions runtime,
        String config,
        String dataCenters,
        Optional<String> lake,
        Optional<String> checkpoint,
        Optional<SecretGrants> secrets,
        MetricsDestination metrics) {

    /** @throws io.tributary.error.InvalidInputException with everything that is wrong with them */
    public static IngestArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        IngestArguments parsed = new IngestArguments(
                RuntimeOptions.read(reader),
                reader.required("config", "the URI of the pipeline configuration"),
                reader.required("data-centers", "the URI of the data-centers file"),
                reader.optional("lake"),
                reader.optional("checkpoint"),
                reader.optional("secrets", SecretGrants::parse),
                reader.optional("metrics", MetricsDestination::parse).orElse(new MetricsDestination.Nowhere()));
        reader.finish();
        return parsed;
    }

    /** What the data centers may use where the job runs. */
    DataCenterAccess access() {
        return new DataCenterAccess(runtime.kind(), secrets);
    }
}
