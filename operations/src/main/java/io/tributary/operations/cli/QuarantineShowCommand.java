package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.yaml.Quoted;
import io.tributary.operations.replay.QuarantineFiles;
import io.tributary.operations.replay.QuarantineFilter;
import io.tributary.operations.text.Words;
import io.tributary.schema.Lake;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary quarantine show}. */
@Command(
        name = "show",
        description = "Shows the newest records that were refused: where each is in Kafka, why it was refused, and the"
                + " beginning of its bytes.",
        footer = {"%nExample:", "  tributary quarantine show --data-center fra1 --reason not_json --limit 5"})
final class QuarantineShowCommand implements Callable<Integer> {

    private static final int MAX_SHOWN_CHARACTERS = 500;

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private QuarantineFilterOptions records;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Answer in JSON, with the whole record in Base64.")
    private boolean json;

    QuarantineShowCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Lake place = lake.lake(environment);
        QuarantineFilter filter = records.filter(environment, place);
        List<QuarantineFiles.Rejected> found =
                new QuarantineFiles(place, environment.hadoop()).newest(filter, Math.max(1, limit));
        PrintStream out = environment.out();
        if (json) {
            out.println(json(found));
            return ExitCode.FINE;
        }
        found.forEach(record -> {
            out.println(
                    record.dataCenter() + " " + record.place() + ", arrived " + Words.dateAndTime(record.arrivedAt())
                            + ": " + record.reason() + ": " + Quoted.plain(String.valueOf(record.detail())));
            out.println("  " + bytes(record.record().bytes()));
        });
        if (found.isEmpty()) {
            out.println("There are no " + filter.words() + ".");
        }
        out.println("next: tributary quarantine "
                + (found.isEmpty() ? "list" : "replay" + filter.options() + " --because …"));
        return ExitCode.FINE;
    }

    /** The beginning of a record; what no terminal should get is shown as a dot. */
    private static String bytes(byte[] value) {
        if (value == null) {
            return "(no value)";
        }
        String text = new String(value, 0, Math.min(value.length, 4 * MAX_SHOWN_CHARACTERS), StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(MAX_SHOWN_CHARACTERS)
                .map(point -> isShown(point) ? point : '.')
                .forEach(shown::appendCodePoint);
        return shown + (value.length > shown.toString().getBytes(StandardCharsets.UTF_8).length ? " …" : "") + " ("
                + Words.count(value.length) + " bytes)";
    }

    private static boolean isShown(int point) {
        return !Character.isISOControl(point)
                && Character.isDefined(point)
                // Some of them turn the order of the text around.
                && Character.getType(point) != Character.FORMAT;
    }

    private static String json(List<QuarantineFiles.Rejected> found) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("records");
        found.forEach(record -> root.withArray("/records")
                .addObject()
                .put("data_center", record.dataCenter())
                .put("arrived_at", record.arrivedAt().toString())
                .put("reason", record.reason())
                .put("detail", record.detail())
                .put("topic", record.record().topic())
                .put("partition", record.record().partition())
                .put("offset", record.record().offset())
                .put("value", record.record().bytes()));
        return root.toPrettyString();
    }
}
