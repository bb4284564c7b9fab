package io.tributary.audit;

import io.tributary.cli.ArgumentReader;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeOptions;
import java.util.Optional;

/**
 * The audit's arguments.
 *
 * @param lake URI or folder of the lake; absent: {@code tables.location} of the configuration
 * @param config the pipeline configuration, if it names tables, or the scope of identity, otherwise than by default
 * @param json file of this machine that the report is written to as well
 * @param metrics where the number of findings goes
 */
public record AuditArguments(
        RuntimeOptions runtime,
        Optional<String> lake,
        Optional<String> config,
        AuditLevel depth,
        Optional<String> json,
        MetricsDestination metrics) {

    /** @throws io.tributary.error.InvalidInputException with everything that is wrong with them */
    public static AuditArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        AuditArguments parsed = new AuditArguments(
                RuntimeOptions.read(reader),
                reader.optional("lake"),
                reader.optional("config"),
                reader.flag("deep") ? AuditLevel.DATA : AuditLevel.LOGS,
                reader.optional("json"),
                reader.optional("metrics", MetricsDestination::parse).orElse(new MetricsDestination.Nowhere()));
        reader.finish();
        return parsed;
    }
}
