package io.tributary.schema;

import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.config.TablesConfig;
import io.tributary.error.InvalidInputException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Where the lake's tables and the checkpoint lie.
 *
 * @param root the lake's URI, {@code s3://bucket/prefix} or {@code file:/path}; a path alone is one of this machine
 */
public record Lake(String root, TablesConfig names) {

    public Lake {
        // One spelling for one place, since Delta compares locations by their text: file:///lake/ is file:/lake.
        root = (root.contains(":/")
                        ? new Path(root)
                        : new Path("file:" + java.nio.file.Path.of(root).toAbsolutePath()))
                .toString()
                .replaceFirst("/$", "");
    }

    /**
     * @param argument the lake's place as an argument of the job gives it; it goes before the configuration's
     * @throws InvalidInputException if neither says where the lake lies
     */
    public static Lake of(Optional<String> argument, PipelineConfig config) {
        return argument.or(() -> config.tables().location().map(Object::toString))
                .map(root -> new Lake(root, config.tables()))
                .orElseThrow(() -> new InvalidInputException("The lake has no place: neither the argument --lake nor"
                        + " tables.location in the pipeline configuration is set. Set one to a URI such as"
                        + " s3://bucket/lake or file:/data/lake."));
    }

    public String staging() {
        return root + "/" + names.staging();
    }

    public String merged() {
        return root + "/" + names.merged();
    }

    public String quarantine() {
        return root + "/" + names.quarantine();
    }

    public String rollup(RollupConfig rollup) {
        return root + "/" + rollup.name();
    }

    /** The place for checkpoints where the job is given no other. */
    public String defaultCheckpoint() {
        return root + "/_checkpoint";
    }
}
