package io.tributary.cdk;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A version of AWS Glue that the jobs are built for, and so the packages that run there. */
enum GlueVersion {
    V5_1("5.1");

    private final String number;

    GlueVersion(String number) {
        this.number = number;
    }

    String number() {
        return number;
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
