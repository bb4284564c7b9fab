package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.operations.replay.Backfill;
import io.tributary.operations.replay.DecodePreview;
import io.tributary.operations.replay.LakeEvents;
import io.tributary.operations.replay.ReplayWriter;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary backfill}: files of old records. */
@Command(
        name = "backfill",
        description =
                "Lets the stream read files of old records once, as records of a data center that you name. It shows first"
                        + " what would become of them, and asks. What the lake has already is a duplicate; what is no event goes"
                        + " to quarantine.",
        footer = {
            "%nThe streaming job must be able to read the files. It reads them in place; do not change them meanwhile."
                    + " Rows of Parquet are converted to JSON beside the tables.",
            "%nExample:",
            "  tributary backfill --lake s3://bucket/lake --files s3://archive/2024/ --data-center archive --format"
                    + " json_lines --because \"history of 2024\""
        })
final class BackfillCommand implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--files",
            required = true,
            paramLabel = "URI",
            description = "A file, or a folder or prefix with all its files.")
    private String files;

    @Option(
            names = "--data-center",
            required = true,
            paramLabel = "NAME",
            description = "The data center that the records count as; a name of its own tells them apart.")
    private String dataCenter;

    @Option(
            names = "--format",
            paramLabel = "json_lines|parquet",
            defaultValue = "json_lines",
            description = "How the records lie in the files (default: ${DEFAULT-VALUE}); JSON lines may be"
                    + " compressed (.gz).")
    private Backfill.Format format;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private ReplayOptions options;

    BackfillCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        requireName();
        Lake place = lake.lake(environment);
        PipelineConfig config = lake.pipelineConfig(environment);
        CommitLog staging = new CommitLog(place.staging(), environment.hadoop());
        ReplayOptions.requireSameRules(staging, config);
        ReplayWriter.Author author = options.author(environment, staging);
        ReplayRequests requests = new ReplayRequests(place.replays(), new HadoopFiles(environment.hadoop()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ReplayRequest request;
        try (JobRuntime runtime = LocalRuntime.open("tributary-backfill", QuarantineListCommand.SHUFFLE_PARTITIONS)) {
            Backfill backfill =
                    Backfill.of(runtime.spark(), environment.hadoop(), dataCenter, environment.reachable(files));
            DecodePreview preview = backfill.preview(
                    format,
                    config,
                    file.dataCenters(environment),
                    LakeEvents.of(runtime.spark(), place, config, environment.hadoop()),
                    author.at());
            options.talk(environment)
                    .println(Words.count(backfill.count()) + " files of " + Words.count(backfill.bytes()) + " bytes: "
                            + preview.words());
            answer.put("files", backfill.count());
            preview.addTo(answer);
            if (preview.events() == 0) {
                options.end(
                        environment,
                        answer.put("requested", false),
                        "Nothing was requested, since the lake would have no event more. Look at --files and --format, and at"
                                + " event in the file of --config.");
                return ExitCode.INPUT_MUST_BE_CORRECTED;
            }
            if (!options.isWanted(environment)) {
                return options.notDone(environment, answer);
            }
            String id = ReplayRequests.newId(author.at());
            request = backfill.asLines(format, requests, id)
                    .request(
                            new ReplayWriter(requests, environment.hadoop()),
                            author,
                            id,
                            backfill.count() + " files at " + files + " as data center " + dataCenter);
        }
        return options.carryOut(environment, place, request, staging, answer);
    }

    private void requireName() {
        try {
            DataCenter.requireName(dataCenter);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--data-center: " + e.getMessage() + ".", e);
        }
    }
}
