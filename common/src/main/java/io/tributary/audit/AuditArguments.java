package io.tributary.audit;

import io.tributary.runtime.ArgumentReader;
import java.util.Optional;

/**
 * The audit's arguments.
 *
 * @param lake URI or folder of the lake; absent: {@code tables.location} of the configuration
 * @param config the pipeline configuration, if it names tables, or the scope of identity, otherwise than by default
 * @param json file of this machine that the report is written to as well
 */
record AuditArguments(Optional<String> lake, Optional<String> config, Depth depth, Optional<String> json) {

    static AuditArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        AuditArguments parsed = new AuditArguments(
                reader.optional("lake"),
                reader.optional("config"),
                reader.choice("depth", Depth.class, Depth.LOGS),
                reader.optional("json"));
        reader.finish();
        return parsed;
    }
}
