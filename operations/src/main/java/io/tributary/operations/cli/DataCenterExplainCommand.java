package io.tributary.operations.cli;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.operations.datacenter.DataCentersFile;
import io.tributary.operations.datacenter.explain.Explainer;
import io.tributary.operations.datacenter.explain.Explanation;
import io.tributary.schema.Lake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary dc explain}. */
@Command(
        name = "explain",
        description =
                "Says what is wrong with a data center, since when, who else is affected, what is safe, and what to"
                        + " do. It reads the lake's log and dials the brokers, so it answers also when the jobs are down.",
        footer = {"%nExample:", "  tributary dc explain sin2 --lake s3://bucket/lake"})
final class DataCenterExplainCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

    @Option(
            names = "--lake",
            paramLabel = "URI",
            defaultValue = "${env:TRIBUTARY_LAKE}",
            description = "The lake, for example s3://bucket/lake or /data/lake. Absent: the environment's"
                    + " TRIBUTARY_LAKE, else tables.location of --config.")
    private Optional<String> lake = Optional.empty();

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private CheckOptions check;

    DataCenterExplainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        DataCentersFile inForce = file.file(environment);
        DataCenter center = inForce.read(name);
        Secrets secrets = file.secrets(environment);
        Lake place = Lake.of(lake, check.pipelineConfig(environment));
        environment.reachable(place.root());
        Explainer explainer = new Explainer(
                place, environment.hadoop(), secrets, check.timeout().dividedBy(2));
        Explanation explanation = explainer.explain(
                center,
                file.history(environment).last(name),
                check.check(
                                environment,
                                secrets,
                                List.of(center),
                                inForce.read().all())
                        .results()
                        .get(name),
                environment.clock().instant());
        environment.out().print(json ? explanation.json() : explanation.text());
        return explanation.isWrong() ? ExitCode.OPERATOR_MUST_ACT : ExitCode.FINE;
    }
}
