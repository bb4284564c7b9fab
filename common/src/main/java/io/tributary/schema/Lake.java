package io.tributary.schema;

import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.config.TablesConfig;
import io.tributary.error.InvalidInputException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The locations of the lake's tables and of the checkpoints.
 *
 * @param root the lake's URI, {@code s3://bucket/prefix} or {@code file:/path}; a plain path is one of this machine
 */
public record Lake(String root, TablesConfig names) {

    /** Where below the root an audit says what it found. */
    public static final String AUDIT_STATUS = "_status/audit.json";

    public Lake {
        // One spelling for each location, since Delta compares locations as text: file:///lake/ becomes file:/lake.
        root = (root.contains(":/")
                        ? new Path(root)
                        : new Path("file:" + java.nio.file.Path.of(root).toAbsolutePath()))
                .toString()
                .replaceFirst("/$", "");
    }

    /**
     * @param argument the lake's location from the job's arguments; it overrides the configuration's
     * @throws InvalidInputException if neither names a location
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

    /** What the streaming job last said of itself. */
    public String streamStatus() {
        return root + "/_status/stream.json";
    }

    /** What the last audit found. */
    public String auditStatus() {
        return root + "/" + AUDIT_STATUS;
    }

    /** The page that the merge job writes. */
    public String statusPage() {
        return root + "/_status/status.html";
    }

    /** What was last counted in the tables for that page. */
    public String statusCounts() {
        return root + "/_status/counts.json";
    }

    /** Requests to read records by the stream that Kafka does not deliver as new. */
    public String replays() {
        return root + "/_replays";
    }

    /** The folder of the erasures that were requested, and of what was done for them. */
    public String erasures() {
        return root + "/_erasures";
    }

    /** The folder of the orders to fill columns, and of how far each has come. */
    public String fills() {
        return root + "/_fills";
    }

    /** The default location of checkpoints. */
    public String defaultCheckpoint() {
        return root + "/_checkpoint";
    }
}
