package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.StartingOffsets;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.check.SampleReader;
import io.tributary.operations.replay.DecodePreview;
import io.tributary.operations.replay.KafkaReplay;
import io.tributary.operations.replay.LakeEvents;
import io.tributary.operations.replay.ReplayWriter;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary replay}: offsets of a data center that the stream reads again. */
@Command(
        name = "replay",
        description =
                "Lets the stream read offsets of a data center again, for example when the lake has lost rows. It shows"
                        + " first what would be read and how much of it the lake knows, and asks. Events that the lake has are duplicates; what is refused now is"
                        + " counted, and not put into quarantine.",
        footer = {
            "%nExamples:",
            "  tributary replay fra1 --from 2026-03-01T08:00:00Z --until 2026-03-01T09:00:00Z --because INC-7",
            "  tributary replay fra1 --partition events-0 --from 4711 --until 5000 --because INC-7"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern PARTITION = Pattern.compile("(\\S+)-(\\d{1,9})");

    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "The data center.")
    private String name;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME|OFFSET",
            description = "The first record: the first that Kafka got at this time or later, or an offset of"
                    + " --partition.")
    private String from;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME|OFFSET",
            description = "Where it ends, exclusive, in the same way.")
    private String until;

    @Option(
            names = "--partition",
            paramLabel = "TOPIC-N",
            description = "Only this partition, such as events-0. Absent: all of the data center's topics.")
    private Optional<String> partition = Optional.empty();

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions file;

    @Mixin
    private ReplayOptions options;

    ReplayCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Lake place = lake.lake(environment);
        DataCenter center = file.file(environment).read(name);
        CommitLog staging = new CommitLog(place.staging(), environment.hadoop());
        ReadProgress progress = new StagingLog(staging)
                .newest()
                .map(BatchMetadata::readProgress)
                .orElse(ReadProgress.EMPTY)
                .ofKafka();
        ReplayWriter.Author author = options.author(environment, staging);
        OffsetBounds bounds = bounds(center, start(from));
        KafkaReplay replay =
                KafkaReplay.of(offsets(from, bounds), offsets(until, bounds(center, start(until))), bounds, progress);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        options.talk(environment).println(name + ": " + replay.words());
        answer.put("data_center", name)
                .put("offsets", replay.offsets())
                .put("partitions", replay.ranges().size());
        answer.put("expired", replay.expired()).put("unread", replay.unread());
        if (replay.ranges().isEmpty()) {
            options.end(environment, answer.put("requested", false), "nothing to read again; next: tributary status");
            return ExitCode.FINE;
        }
        preview(replay, center, place, author.at(), answer);
        if (!options.isWanted(environment)) {
            return options.notDone(environment, answer);
        }
        ReplayWriter writer = new ReplayWriter(
                new ReplayRequests(place.replays(), new HadoopFiles(environment.hadoop())), environment.hadoop());
        return options.carryOut(environment, place, replay.request(writer, author, bounds, progress), staging, answer);
    }

    /** Says what would become of the records. Without an answer it stays unknown; the replay is possible all the same. */
    private void preview(KafkaReplay replay, DataCenter center, Lake place, Instant now, ObjectNode answer) {
        PipelineConfig config = lake.pipelineConfig(environment);
        try (JobRuntime runtime = LocalRuntime.open("tributary-replay", QuarantineListCommand.SHUFFLE_PARTITIONS);
                SampleReader reader = SampleReader.open(center, config, file.secrets(environment), ASK_TIMEOUT)) {
            DecodePreview preview = replay.preview(
                    reader,
                    center,
                    runtime.spark(),
                    config,
                    LakeEvents.of(runtime.spark(), place, config, environment.hadoop()),
                    now);
            options.talk(environment).println(preview.words());
            preview.addTo(answer);
        } catch (KafkaException e) {
            options.talk(environment)
                    .println("What would become of them: " + Words.UNKNOWN + ", since the records cannot be read now: "
                            + e.getMessage() + ".");
        }
    }

    /** The stream's own question; a start at a time is answered with the offsets of that time. */
    private OffsetBounds bounds(DataCenter center, StartingOffsets start) throws InterruptedException {
        DataCenter asked = new DataCenter(
                center.name(),
                center.bootstrapServers(),
                center.topics(),
                start,
                DataCenter.State.ACTIVE,
                List.of(),
                List.of(),
                center.kafka());
        ClusterAnswer answer = ClusterAnswer.of(asked, file.secrets(environment), ReadProgress.EMPTY, ASK_TIMEOUT);
        return answer.bounds()
                .orElseThrow(() -> new OperatorActionException("Data center " + name + " does not answer: "
                        + answer.cause() + ". Run tributary dc explain " + name + "."));
    }

    private StartingOffsets start(String text) {
        if (partition.isPresent()) {
            return new StartingOffsets.Earliest();
        }
        Instant time = Times.instant(text)
                .orElseThrow(() -> new InvalidInputException(text
                        + " is no time; write one such as 2026-03-01T08:00:00Z, or an offset together with"
                        + " --partition."));
        return StartingOffsets.parse(time.toString());
    }

    private PartitionOffsets offsets(String text, OffsetBounds bounds) {
        if (partition.isEmpty()) {
            return bounds.start();
        }
        Matcher named = PARTITION.matcher(partition.get());
        if (!named.matches()) {
            throw new InvalidInputException(
                    "--partition " + partition.get() + " is no partition; write one such as events-0.");
        }
        SortedMap<TopicPartitionId, Long> offsets = new TreeMap<>();
        offsets.put(new TopicPartitionId(name, named.group(1), Integer.parseInt(named.group(2))), offset(text));
        return new PartitionOffsets(offsets);
    }

    private static long offset(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    text + " is no offset; with --partition, --from and --until are offsets.", e);
        }
    }
}
