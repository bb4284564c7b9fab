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
    G_8X("G.8X");

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
