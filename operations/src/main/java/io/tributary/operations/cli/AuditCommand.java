package io.tributary.operations.cli;

import io.tributary.audit.AuditTool;
import io.tributary.audit.kafka.KafkaAuditTool;
import io.tributary.aws.secrets.SecretsManagerStore;
import io.tributary.config.Secrets;
import io.tributary.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary audit}: proves from a lake's logs that every record is accounted for. */
@Command(
        name = "audit",
        description = "Proves from the lake's logs that every record is accounted for. docs/audit.md explains each"
                + " finding.",
        footer = {
            "%nExamples:",
            "  tributary audit --lake s3://bucket/lake --deep",
            "  tributary audit --lake s3://bucket/lake --data-centers s3://bucket/data-centers.yaml"
        })
final class AuditCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Option(names = "--deep", description = "Compare the data as well, not only the logs.")
    private boolean deep;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
    private Optional<String> json = Optional.empty();

    @Option(
            names = "--data-centers",
            paramLabel = "FILE|URI",
            description = "Compare with what the brokers of this data-centers file hold now as well.")
    private Optional<String> dataCenters = Optional.empty();

    @Option(names = "--kafka", description = "The same, said on its own; it needs --data-centers.")
    private boolean isOfKafka;

    AuditCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (isOfKafka && dataCenters.isEmpty()) {
            throw new InvalidInputException(
                    "--kafka asks the clusters of a data-centers file. Name it with --data-centers.");
        }
        List<String> arguments = new ArrayList<>(lake.arguments(environment));
        if (deep) {
            arguments.add("--deep");
        }
        json.ifPresent(file -> arguments.addAll(List.of("--json", file)));
        int ofLogs = new AuditTool(environment.hadoop(), environment.out()).exitCode(arguments.toArray(String[]::new));
        if (dataCenters.isEmpty() || (ofLogs != 0 && ofLogs != ExitCode.OPERATOR_MUST_ACT)) {
            return ofLogs;
        }
        List<String> asked = new ArrayList<>(lake.arguments(environment));
        asked.addAll(List.of("--data-centers", dataCenters.get()));
        Secrets secrets = Secrets.ofThisProcess(new SecretsManagerStore(environment.clock()));
        int ofKafka = new KafkaAuditTool(environment.hadoop(), secrets, environment.out())
                .exitCode(asked.toArray(String[]::new));
        return Math.max(ofLogs, ofKafka);
    }
}
