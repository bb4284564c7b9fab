package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.format.RegistryResolver;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.operations.replay.DecodePreview;
import io.tributary.operations.replay.LakeEvents;
import io.tributary.operations.replay.QuarantineFiles;
import io.tributary.operations.replay.QuarantineFilter;
import io.tributary.operations.replay.QuarantineReplay;
import io.tributary.operations.replay.ReplayWriter;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tributary quarantine replay}. */
@Command(
        name = "replay",
        description =
                "Lets the stream decode refused records again with today's configuration. It shows first what would"
                        + " become of them, and asks. What is an event now is staged once, with its old coordinates; a copy"
                        + " that came in meanwhile is a duplicate; what is refused again stays as it is.",
        footer = {
            "%nMend the pipeline configuration and restart the streaming job with it first.",
            "%nExamples:",
            "  tributary quarantine replay --lake s3://bucket/lake --config pipeline.yaml --data-center fra1 --reason"
                    + " invalid_event_time --because \"time_format was mended\"",
            "  tributary quarantine replay --stage prod --since 2026-03-01T08:00:00Z --because INC-7 --yes --no-wait"
        })
final class QuarantineReplayCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private QuarantineFilterOptions records;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private ReplayOptions options;

    QuarantineReplayCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Lake place = lake.lake(environment);
        PipelineConfig config = lake.pipelineConfig(environment);
        CommitLog staging = new CommitLog(place.staging(), environment.hadoop());
        ReplayOptions.requireSameRules(staging, config);
        ReplayWriter.Author author = options.author(environment, staging);
        QuarantineFilter filter = records.filter(environment, place);
        QuarantineFiles files = new QuarantineFiles(place, environment.hadoop());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ReplayRequest request;
        try (JobRuntime runtime = LocalRuntime.open("tributary-quarantine", QuarantineListCommand.SHUFFLE_PARTITIONS)) {
            DataCenters centers = file.dataCenters(environment);
            Set<String> named = files.groups(filter).stream()
                    .map(QuarantineFiles.Group::dataCenter)
                    .collect(Collectors.toSet());
            RegistryResolver registries = new RegistryResolver(config, file.secrets(environment));
            centers.all().stream()
                    .filter(center -> named.contains(center.name()))
                    .forEach(registries::use);
            QuarantineReplay replay = new QuarantineReplay(runtime.spark(), place, files, filter);
            DecodePreview preview = replay.preview(
                    config, centers, LakeEvents.of(runtime.spark(), place, config, environment.hadoop()), author.at());
            options.talk(environment).println(filter.words() + ": " + preview.words());
            preview.addTo(answer);
            if (preview.records() == 0) {
                options.end(environment, answer.put("requested", false), "next: tributary quarantine list");
                return ExitCode.FINE;
            }
            if (preview.events() == 0) {
                options.talk(environment)
                        .println(
                                "Nothing was requested, since a replay would change nothing: mend the configuration, start"
                                        + " the streaming job with it, and name it with --config.");
                options.end(
                        environment,
                        answer.put("requested", false),
                        "next: tributary quarantine show" + filter.options());
                return ExitCode.INPUT_MUST_BE_CORRECTED;
            }
            if (!options.isWanted(environment)) {
                return options.notDone(environment, answer);
            }
            request = replay.request(
                    new ReplayWriter(
                            new ReplayRequests(place.replays(), new HadoopFiles(environment.hadoop())),
                            environment.hadoop()),
                    author);
        }
        return options.carryOut(environment, place, request, staging, answer);
    }
}
