package io.tributary.audit;

import io.tributary.metrics.MetricsPlace;
import io.tributary.runtime.ArgumentReader;
import io.tributary.runtime.RuntimeChoice;
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
        RuntimeChoice runtime,
        Optional<String> lake,
        Optional<String> config,
        Depth depth,
        Optional<String> json,
        MetricsPlace metrics) {

    /** @throws io.tributary.runtime.InvalidInputException with everything that is wrong with them */
    public static AuditArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        AuditArguments parsed = new AuditArguments(
                RuntimeChoice.read(reader),
                reader.optional("lake"),
                reader.optional("config"),
                reader.choice("depth", Depth.class, Depth.LOGS),
                reader.optional("json"),
                reader.optional("metrics", MetricsPlace::parse).orElse(new MetricsPlace.Nowhere()));
        reader.finish();
        return parsed;
    }
}
