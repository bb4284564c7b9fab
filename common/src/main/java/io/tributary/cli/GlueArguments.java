package io.tributary.cli;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The arguments that AWS Glue passes to a job's main method in addition to the job's own: its documented job
 * parameters, and those that it adds when a run begins. A new argument of a known family counts as Glue's too.
 */
final class GlueArguments {

    private static final Set<String> NAMES = Set.of(
            "additional-python-modules",
            "class",
            "conf",
            "customer-driver-env-vars",
            "customer-executor-env-vars",
            "datalake-formats",
            "debug",
            "encryption-type",
            "endpoint",
            "mode",
            "python-modules-installer-option",
            "python-version",
            "redshiftTempDir",
            "RedshiftTempDir",
            "scriptLocation",
            "TempDir",
            "TRIGGER_NAME",
            "use-postgres-driver",
            "user-jars-first");

    private static final Pattern FAMILIES =
            Pattern.compile("(?:JOB_|WORKFLOW_|SECURITY_CONFIGURATION|job-|enable-|disable-|continuous-log-|custom-|"
                    + "auto-scal|executor-|extra-|spark-|write-shuffle-).*");

    private GlueArguments() {}

    /** @param name without the hyphens before it */
    static boolean contain(String name) {
        return NAMES.contains(name) || FAMILIES.matcher(name).matches();
    }
}
