package io.tributary.operations.cli;

import io.tributary.aws.secrets.SecretsManagerStore;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenters;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.config.Secrets;
import io.tributary.error.InvalidInputException;
import io.tributary.operations.datacenter.ChangeHistory;
import io.tributary.operations.datacenter.DataCentersFile;
import io.tributary.runtime.RuntimeKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which data-centers file is meant, and how the job reads it. */
public final class DataCentersOptions {

    @Option(
            names = "--data-centers",
            paramLabel = "FILE|URI",
            defaultValue = "${env:TRIBUTARY_DATA_CENTERS}",
            description = "The data-centers file of the stream. Absent: the variable TRIBUTARY_DATA_CENTERS.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--runtime",
            paramLabel = "local|glue",
            defaultValue = "${env:TRIBUTARY_RUNTIME:-local}",
            description = "Read the file as a job there does (default: local; glue for a --stage).")
    private String runtime;

    @Option(
            names = "--secrets",
            paramLabel = "GRANTS",
            defaultValue = "${env:TRIBUTARY_SECRETS}",
            description =
                    "The job's argument of this name: which secrets each data center may use (default: the stage's).")
    private Optional<String> secrets = Optional.empty();

    @Option(
            names = "--kafka-tls",
            paramLabel = "required|optional",
            defaultValue = "${env:TRIBUTARY_KAFKA_TLS:-optional}",
            description =
                    "The job's argument of this name: whether Kafka is read through TLS alone (default: the stage's).")
    private String kafkaTls;

    boolean isNamed() {
        return file.filter(name -> !name.isBlank()).isPresent();
    }

    /** @throws InvalidInputException if no file is named */
    String uri() {
        return file.filter(name -> !name.isBlank())
                .orElseThrow(() -> new InvalidInputException(
                        "Which data-centers file? Name it with --data-centers, or in TRIBUTARY_DATA_CENTERS."));
    }

    DataCentersFile file(Environment environment) {
        return new DataCentersFile(environment.reachable(uri()), access(), environment.hadoop());
    }

    /** Those of the file; none if no file is named. */
    DataCenters dataCenters(Environment environment) {
        return isNamed() ? file(environment).read() : new DataCenters(List.of());
    }

    ChangeHistory history(Environment environment) {
        return new ChangeHistory(environment.reachable(uri()), environment.hadoop());
    }

    DataCenterAccess access() {
        if (!runtime.equals("local") && !runtime.equals("glue")) {
            throw new InvalidInputException("--runtime is local or glue, not " + runtime + ".");
        }
        try {
            return new DataCenterAccess(
                    RuntimeKind.valueOf(runtime.toUpperCase(Locale.ROOT)), secrets.map(SecretGrants::parse), tls());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--secrets " + e.getMessage(), e);
        }
    }

    private KafkaTls tls() {
        try {
            return KafkaTls.parse(kafkaTls);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--kafka-tls " + e.getMessage(), e);
        }
    }

    Secrets secrets(Environment environment) {
        return Secrets.ofThisProcess(new SecretsManagerStore(environment.clock()))
                .within(access());
    }
}
