package io.tributary.cdk;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A size of Glue's workers. */
enum WorkerType {
    /** 2 vCPUs and 4 GB, for streaming jobs only. */
    G_025X("G.025X"),
    G_1X("G.1X"),
    G_2X("G.2X"),
    G_4X("G.4X"),
    G_8X("G.8X"),
    G_12X("G.12X"),
    G_16X("G.16X"),
    /** Twice the memory of {@link #G_1X}, for a large deduplication state. */
    R_1X("R.1X"),
    R_2X("R.2X"),
    R_4X("R.4X"),
    R_8X("R.8X");

    private final String awsName;

    WorkerType(String awsName) {
        this.awsName = awsName;
    }

    String awsName() {
        return awsName;
    }

    static WorkerType parse(String text) {
        return Arrays.stream(values())
                .filter(type -> type.awsName.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no worker type; write "
                        + Arrays.stream(values()).map(WorkerType::awsName).collect(Collectors.joining(" or "))));
    }

    static WorkerType parseForBatch(String text) {
        WorkerType type = parse(text);
        if (type == G_025X) {
            throw new IllegalArgumentException("\"G.025X\" is for streaming jobs only; write G.1X or larger");
        }
        return type;
    }
}
