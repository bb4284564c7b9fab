package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.operations.erasure.ErasureEffect;
import io.tributary.operations.erasure.ErasureInstruction;
import io.tributary.operations.erasure.ErasureProof;
import io.tributary.operations.erasure.ErasureSearch;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary erase}: events that must not be in the lake any more. */
@Command(
        name = "erase",
        description = {
            "Removes events from all tables and rollups, so that they come back neither by a merge nor by a copy. It shows"
                    + " what would be erased, asks, and records the request as hashes, never as ids. The streaming job"
                    + " leaves the events out from its next batch on; the merge job removes the rows at its next run.",
            "--where erases the events that have the value now. An event that comes later under an id of its own is a new"
                    + " one and stays: stop its producer, or repeat the command."
        },
        footer = {
            "%nExamples:",
            "  tributary erase --lake s3://bucket/lake --event-id 7f3a --because \"request 4711\"",
            "  tributary erase --lake s3://bucket/lake --where customer=42 --because \"request 4711\"",
            "  tributary erase --lake s3://bucket/lake --proof 1",
            "  tributary erase --lake s3://bucket/lake --purge 1"
        })
final class EraseCommand implements Callable<Integer> {

    private static final int SHUFFLE_PARTITIONS = 4;

    /** Maintenance deletes files once a day, and none that is younger than a day. */
    private static final Duration MIN_WITHIN = Duration.ofDays(3);

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private AuthorOptions author;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** What is asked for. */
    static final class What {

        @Option(names = "--event-id", paramLabel = "ID", description = "The id of an event; may be given again.")
        private List<String> ids = List.of();

        @Option(
                names = "--where",
                paramLabel = "COLUMN=VALUE",
                description = "Events that have this value in a column now.")
        private Optional<String> where = Optional.empty();

        @Option(
                names = "--again",
                paramLabel = "NUMBER",
                description = "The events of an earlier erasure, as after a RESTORE.")
        private Optional<Long> again = Optional.empty();

        @Option(
                names = "--proof",
                paramLabel = "NUMBER",
                description = "Show what became of an erasure: versions, rows, and which files are gone.")
        private Optional<Long> proof = Optional.empty();

        @Option(
                names = "--purge",
                paramLabel = "NUMBER",
                description = "Delete the earlier versions that the bucket keeps of an erasure's files that are gone.")
        private Optional<Long> purge = Optional.empty();
    }

    @Option(
            names = "--data-center",
            paramLabel = "NAME",
            description = "Whose events --event-id means. Absent: those of all data centers.")
    private Optional<String> dataCenter = Optional.empty();

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            defaultValue = "30d",
            converter = DurationOption.Any.class,
            description = "After how long no file may hold them any more, at least 3d (default: ${DEFAULT-VALUE}).")
    private Duration within;

    @Option(names = "--yes", description = "Do it without a question.")
    private boolean yes;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    EraseCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Lake place = lake.lake(environment);
        HadoopFiles files = new HadoopFiles(environment.hadoop());
        ErasureRequests requests = new ErasureRequests(place.erasures(), files);
        if (what.proof.isPresent()) {
            return prove(ErasureProof.of(require(requests, what.proof.get()), place, environment.hadoop()));
        }
        if (what.purge.isPresent()) {
            return purge(ErasureProof.of(require(requests, what.purge.get()), place, environment.hadoop()));
        }
        ErasureInstruction order = new ErasureInstruction(
                environment.clock().instant(), author.by(), author.requireReason("erase"), within());
        if (what.again.isPresent()) {
            return write(requests, List.of(order.again(require(requests, what.again.get()))), "");
        }
        PipelineConfig config = lake.pipelineConfig(environment);
        if (dataCenter.isPresent() && config.dedup().scope() == DedupScope.GLOBAL) {
            throw new InvalidInputException(
                    "Under dedup.scope: global an id is one event, whichever data center it came"
                            + " through. Leave --data-center out.");
        }
        String salt = requests.salt();
        try (JobRuntime runtime = LocalRuntime.open("tributary-erase", SHUFFLE_PARTITIONS)) {
            ErasureEffect effect = effect(
                    new ErasureSearch(runtime.spark(), place, config.dedup().scope(), salt));
            return write(requests, order.requests(effect, condition()), effect.text());
        }
    }

    private ErasureEffect effect(ErasureSearch search) {
        if (what.where.isEmpty()) {
            return search.byId(what.ids, dataCenter);
        }
        String[] parts = what.where.get().split("=", 2);
        if (parts.length < 2 || parts[0].isBlank()) {
            throw new InvalidInputException("--where takes a column and a value, such as customer=42.");
        }
        return search.byValue(parts[0].strip(), parts[1]);
    }

    /** Without the value: what is kept of an erasure must not hold what was erased. */
    private String condition() {
        return what.where
                .map(text -> "a value of the column " + text.split("=", 2)[0].strip())
                .orElseGet(() -> what.ids.size() + " event ids"
                        + dataCenter.map(name -> " of data center " + name).orElse(""));
    }

    private Duration within() {
        if (within.compareTo(MIN_WITHIN) < 0) {
            throw new InvalidInputException("--within " + Words.duration(within)
                    + " is too short: files are deleted once a day, and none that readers may still need. Give 3d or"
                    + " more.");
        }
        return within;
    }

    private static ErasureRequest require(ErasureRequests requests, long number) {
        return requests.find(number)
                .orElseThrow(() -> new InvalidInputException("There is no erasure " + number + "; the lake has "
                        + requests.all().size() + "."));
    }

    private int prove(ErasureProof proof) {
        environment
                .out()
                .print(
                        json
                                ? proof.json(environment.clock().instant())
                                : proof.text(environment.clock().instant()));
        boolean isOverdue =
                environment.clock().instant().isAfter(proof.request().deadline());
        return proof.isFulfilled() || !isOverdue ? ExitCode.FINE : ExitCode.OPERATOR_MUST_ACT;
    }

    private int purge(ErasureProof proof) {
        PrintStream talk = json ? environment.err() : environment.out();
        talk.println("the bucket keeps " + proof.versionsLeft() + " earlier versions of the files of erasure "
                + proof.request().number());
        if (proof.versionsLeft() == 0) {
            answer(
                    List.of(),
                    "nothing to delete; next: tributary erase --proof "
                            + proof.request().number());
            return ExitCode.FINE;
        }
        if (!Confirmation.isGiven(environment, talk, yes, "delete those of files that are gone, for good?")) {
            answer(List.of(), "nothing was deleted; to do it: the same with --yes");
            return ExitCode.INPUT_MUST_BE_CORRECTED;
        }
        int deleted = proof.purge(environment.hadoop());
        answer(
                List.of(),
                deleted + " deleted; next: tributary erase --proof "
                        + proof.request().number());
        return ExitCode.FINE;
    }

    private int write(ErasureRequests requests, List<ErasureRequest> wanted, String effect) {
        if (!json) {
            environment.out().print(effect);
        }
        if (wanted.isEmpty()) {
            answer(List.of(), "nothing to erase; next: tributary status");
            return ExitCode.FINE;
        }
        if (!Confirmation.isGiven(environment, json ? environment.err() : environment.out(), yes, "erase?")) {
            answer(List.of(), "nothing was written; to do it: the same with --yes");
            return ExitCode.INPUT_MUST_BE_CORRECTED;
        }
        List<Long> written =
                wanted.stream().map(request -> requests.add(request).number()).toList();
        answer(
                written,
                "recorded as erasure " + written.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + "; next: tributary erase --proof " + written.get(0));
        return ExitCode.FINE;
    }

    private void answer(List<Long> written, String last) {
        if (!json) {
            environment.out().println(last);
            return;
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        written.forEach(root.putArray("erasures")::add);
        environment.out().println(root.put("next", last).toPrettyString());
    }
}
