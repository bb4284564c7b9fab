package io.tributary.cdk;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A version of AWS Glue that the jobs are built for, and so the packages that run there. */
enum GlueVersion {
    V5_1("5.1", "target"),
    V6_0("6.0", "target/glue-6.0");

    private final String number;
    private final String target;

    GlueVersion(String number, String target) {
        this.number = number;
        this.target = target;
    }

    String number() {
        return number;
    }

    /** Where the build for this version leaves a module's packages, seen from the module's folder. */
    String target() {
        return target;
    }

    static GlueVersion parse(String text) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no version of Glue that the jobs"
                        + " are built for; write "
                        + Arrays.stream(values())
                                .map(version -> "\"" + version.number + "\"")
                                .collect(Collectors.joining(" or "))));
    }
}
