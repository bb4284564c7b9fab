package io.tributary.operations.datacenter;

import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenterChange;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.HadoopFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** Tries a data-centers file as the stream reads it, before it is in force. */
public final class FileCheck {

    private final HadoopFiles files;
    private final DataCenterAccess access;

    public FileCheck(Configuration hadoop, DataCenterAccess access) {
        this.files = new HadoopFiles(hadoop);
        this.access = access;
    }

    /** What the file holds, and in words what is to be said of it. */
    public record Tried(DataCenters dataCenters, List<String> words) {

        public Tried {
            words = List.copyOf(words);
        }
    }

    /**
     * Reads the file, and compares it with the one in force.
     *
     * @param config the pipeline file, to be tried as well
     * @throws InvalidInputException with all problems of both files
     */
    public Tried of(String file, Optional<String> config, Optional<String> inForce) {
        List<String> problems = new ArrayList<>();
        Optional<DataCenters> tried = attempt(problems, () -> DataCenters.parse(files.read(file), file, access));
        config.ifPresent(uri -> attempt(problems, () -> PipelineConfig.parse(files.read(uri), uri)));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
        List<String> words = new ArrayList<>();
        words.add(file + ": can be used, " + tried.orElseThrow().describe());
        inForce.ifPresent(uri -> words.addAll(comparison(uri, tried.orElseThrow())));
        return new Tried(tried.orElseThrow(), words);
    }

    private List<String> comparison(String uri, DataCenters tried) {
        List<DataCenterChange> changes =
                DataCenterChange.between(DataCenters.parse(files.read(uri), uri, access), tried);
        List<String> words = new ArrayList<>();
        words.add("against " + uri + (changes.isEmpty() ? ": changes nothing" : ":"));
        changes.forEach(change -> words.add(
                "  " + (change.isToBeConfirmed() ? "WARN " : "") + change.dataCenter() + " " + change.description()));
        return words;
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
