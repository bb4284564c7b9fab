package io.tributary.cdk;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A size of Glue's workers. */
enum WorkerType {
    /** 2 vCPUs and 4 GB, for streaming jobs only. */
    G_025X("G.025X", 0.25),
    G_1X("G.1X", 1),
    G_2X("G.2X", 2),
    G_4X("G.4X", 4),
    G_8X("G.8X", 8);

    private final String title;
    private final double dpus;

    WorkerType(String title, double dpus) {
        this.title = title;
        this.dpus = dpus;
    }

    String title() {
        return title;
    }

    /** What one worker costs, in data processing units. */
    double dpus() {
        return dpus;
    }

    static WorkerType parse(String text) {
        return Arrays.stream(values())
                .filter(type -> type.title.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no worker type; write "
                        + Arrays.stream(values()).map(WorkerType::title).collect(Collectors.joining(" or "))));
    }

    static WorkerType parseForBatch(String text) {
        WorkerType type = parse(text);
        if (type == G_025X) {
            throw new IllegalArgumentException("\"G.025X\" is for streaming jobs only; write G.1X or larger");
        }
        return type;
    }
}
