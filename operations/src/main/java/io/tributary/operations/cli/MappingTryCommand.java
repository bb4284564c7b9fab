package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.ColumnConfig;
import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RecordFormat;
import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.decode.DecodeResult;
import io.tributary.ingest.decode.RecordDecoder;
import io.tributary.ingest.format.RegistryResolver;
import io.tributary.ingest.format.RegistryUnavailableException;
import io.tributary.operations.mapping.MappingTrial;
import io.tributary.operations.text.Words;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary mapping try}. */
@Command(
        name = "try",
        description =
                "Decodes the lines of a file as the streaming job would decode records with these values, and shows"
                        + " for each the event and its columns, or why it is none. Nothing else is read, and nothing is written.",
        footer = {
            "%nExamples:",
            "  tributary mapping try sample.jsonl --config pipeline.yaml",
            "  tributary mapping try sample.jsonl --config pipeline.yaml --data-centers data-centers.yaml --data-center fra1"
                    + " --topic orders"
        })
final class MappingTryCommand implements Callable<Integer> {

    private static final int MAX_RECORDS = 100_000;
    private static final int MAX_RECORD_BYTES = 32 << 20;

    private final Environment environment;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A file with the value of a record in each line; for another format than JSON the value of one record.")
    private Path file;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions dataCenters;

    @Option(
            names = "--data-center",
            paramLabel = "NAME",
            description = "The data center whose mapping counts (--data-centers names the file).")
    private Optional<String> dataCenter = Optional.empty();

    @Option(names = "--topic", paramLabel = "NAME", description = "The topic of it whose mapping counts.")
    private Optional<String> topic = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many records to show (default: ${DEFAULT-VALUE}); all are counted, up to 100,000.")
    private int limit;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    MappingTryCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PipelineConfig config = lake.pipelineConfig(environment);
        Optional<DataCenter> center = center();
        boolean isText = format(config, center).kind() == RecordFormat.Kind.JSON;
        MappingTrial trial = trial(config, center, isText);
        List<DecodeResult> shown = trial.results()
                .subList(0, Math.min(Math.max(0, limit), trial.results().size()));
        if (json) {
            environment.out().println(json(trial, shown, config).toPrettyString());
        } else {
            for (int i = 0; i < shown.size(); i++) {
                environment
                        .out()
                        .println((isText ? "line " : "record ") + (i + 1) + ": " + words(shown.get(i), config));
            }
            environment.out().println(trial.words());
        }
        return trial.refused().isEmpty() ? ExitCode.FINE : ExitCode.INPUT_MUST_BE_CORRECTED;
    }

    private Optional<DataCenter> center() {
        if (dataCenter.isEmpty()) {
            if (topic.isPresent()) {
                throw new InvalidInputException("A topic maps its records in the entry of a data center: name it with"
                        + " --data-center and --data-centers.");
            }
            return Optional.empty();
        }
        DataCenter center = dataCenters.file(environment).read(dataCenter.get());
        if (topic.filter(name -> !center.topics().contains(name)).isPresent()) {
            throw new InvalidInputException(Quoted.of(topic.get()) + " is not one of the topics " + center.topics()
                    + " of " + center.name() + ".");
        }
        return Optional.of(center);
    }

    private MappingTrial trial(PipelineConfig config, Optional<DataCenter> center, boolean isText) {
        try {
            return MappingTrial.of(
                    isText ? lines() : List.of(bytes()),
                    decoder(config, center),
                    dataCenter.orElse("here"),
                    environment.clock().instant());
        } catch (RegistryUnavailableException e) {
            throw new InvalidInputException(
                    "The record cannot be tried: " + e.getMessage()
                            + ". Name the data center that has a registry with --data-center and --data-centers.",
                    e);
        }
    }

    private RecordFormat format(PipelineConfig config, Optional<DataCenter> center) {
        return center.map(named -> named.event().over(config.event(), topic.orElse(null)))
                .orElse(config.event())
                .format();
    }

    private RecordDecoder decoder(PipelineConfig config, Optional<DataCenter> center) {
        if (center.isEmpty()) {
            return RecordDecoder.of(config);
        }
        new RegistryResolver(config, dataCenters.secrets(environment)).use(center.get());
        return RecordDecoder.of(config, center.get(), topic.orElse(null));
    }

    private byte[] bytes() {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_RECORD_BYTES);
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private List<byte[]> lines() {
        List<byte[]> values = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && values.size() < MAX_RECORDS; next = in.read()) {
                if (next == '\n') {
                    values.add(line.toByteArray());
                    line.reset();
                } else {
                    line.write(next);
                }
            }
            if (line.size() > 0 && values.size() < MAX_RECORDS) {
                values.add(line.toByteArray());
            }
            return values;
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String words(DecodeResult result, PipelineConfig config) {
        if (result instanceof DecodeResult.Rejected rejected) {
            return MappingTrial.reason(rejected) + ": " + Quoted.plain(rejected.detail());
        }
        if (!(result instanceof DecodeResult.Event event)) {
            return "passed over";
        }
        StringBuilder words = new StringBuilder("event " + Quoted.plain(event.id()) + " at " + event.time() + ", type "
                + Quoted.plain(String.valueOf(event.type())) + ", data center " + Quoted.plain(event.dataCenter()));
        for (int i = 0; i < event.typed().size(); i++) {
            ColumnConfig column = config.columns().get(i);
            words.append(", ")
                    .append(column.name())
                    .append(" ")
                    .append(Quoted.plain(String.valueOf(event.typed().get(i))));
        }
        return words
                + (event.castFailures() == 0
                        ? ""
                        : "; " + Words.count(event.castFailures()) + " values do not fit their column");
    }

    private static ObjectNode json(MappingTrial trial, List<DecodeResult> shown, PipelineConfig config) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("records", trial.results().size())
                .put("events", trial.events())
                .put("without_event", trial.withoutEvent())
                .put("cast_failures", trial.castFailures());
        trial.refused().forEach(root.putObject("refused_by_reason")::put);
        root.putArray("shown");
        for (DecodeResult result : shown) {
            ObjectNode one = root.withArray("/shown").addObject();
            if (result instanceof DecodeResult.Rejected rejected) {
                one.put("reason", MappingTrial.reason(rejected)).put("detail", rejected.detail());
            } else if (result instanceof DecodeResult.Event event) {
                one.put("event_id", event.id())
                        .put("event_time", event.time().toString())
                        .put("event_type", event.type())
                        .put("data_center", event.dataCenter())
                        .put("cast_failures", event.castFailures());
                for (int i = 0; i < event.typed().size(); i++) {
                    Object value = event.typed().get(i);
                    one.put(config.columns().get(i).name(), value == null ? null : value.toString());
                }
            }
        }
        return root;
    }
}
