package io.tributary.ingest;

import io.tributary.cli.ArgumentReader;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.job.JobArguments;
import java.util.Optional;

/**
 * The streaming job's arguments.
 *
 * @param job those that every job has
 * @param dataCenters URI of the data-centers file
 * @param checkpoint URI of the folder for checkpoints; absent: a folder in the lake
 * @param secrets which secrets each data center may use; absent: none on Glue, any elsewhere
 * @param kafkaTls whether the connections to Kafka must be encrypted
 */
public record IngestArguments(
        JobArguments job,
        String dataCenters,
        Optional<String> checkpoint,
        Optional<SecretGrants> secrets,
        KafkaTls kafkaTls) {

    /** @throws io.tributary.error.InvalidInputException with everything that is wrong with them */
    public static IngestArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        IngestArguments parsed = new IngestArguments(
                JobArguments.read(reader),
                reader.required("data-centers", "the URI of the data-centers file"),
                reader.optional("checkpoint"),
                reader.optional("secrets", SecretGrants::parse),
                reader.optional("kafka-tls", KafkaTls::parse).orElse(KafkaTls.OPTIONAL));
        reader.finish();
        return parsed;
    }

    /** What the data centers may use where the job runs. */
    DataCenterAccess access() {
        return new DataCenterAccess(job.runtime().kind(), secrets, kafkaTls);
    }
}
