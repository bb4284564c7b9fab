package io.tributary.operations;

import io.tributary.cli.ArgumentReader;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenterChange;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.config.SecretGrants;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.RuntimeKind;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Checks a data-centers file before it is put into force. It is read by the same classes as in the stream.
 *
 * <p>Exit code 0: the stream would accept the file; 2: it would not, and every problem is reported.
 */
public final class DataCentersTool {

    private final HadoopFiles files;
    private final PrintStream out;

    /** @param hadoop settings for access to the files */
    DataCentersTool(Configuration hadoop, PrintStream out) {
        this.files = new HadoopFiles(hadoop);
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        JobExit.end(
                "data-centers",
                () -> new DataCentersTool(HadoopSettings.ofProcess(), out).run(arguments),
                System::exit);
    }

    void run(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        String file = reader.required("file", "the data-centers file to try");
        Optional<String> config = reader.optional("config");
        Optional<String> inForce = reader.optional("in-force");
        DataCenterAccess access = new DataCenterAccess(
                reader.choice("runtime", RuntimeKind.class, RuntimeKind.LOCAL),
                reader.optional("secrets", SecretGrants::parse));
        reader.finish();

        List<String> problems = new ArrayList<>();
        Optional<DataCenters> tried = attempt(problems, () -> DataCenters.parse(files.read(file), file, access));
        config.ifPresent(uri -> attempt(problems, () -> PipelineConfig.parse(files.read(uri), uri)));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
        out.println(file + ": can be used, " + tried.orElseThrow().describe());
        inForce.ifPresent(uri -> compare(uri, tried.orElseThrow(), access));
    }

    private void compare(String uri, DataCenters tried, DataCenterAccess access) {
        List<DataCenterChange> changes =
                DataCenterChange.between(DataCenters.parse(files.read(uri), uri, access), tried);
        out.println("against " + uri + (changes.isEmpty() ? ": changes nothing" : ":"));
        changes.forEach(change -> out.println(
                "  " + (change.isToBeConfirmed() ? "WARN " : "") + change.dataCenter() + " " + change.description()));
    }

    private static <T> Optional<T> attempt(List<String> problems, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }
}
