package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One objective, and how a run stands to it.
 *
 * @param id as docs/testing-plan.md numbers it
 * @param target in words with its unit
 * @param result in words with its unit, or why there is none
 * @param margin how far from the target, in words; empty where that says nothing
 * @param cause of a miss; empty for others
 */
record Objective(String id, String name, String target, String result, String margin, Status status, String cause) {

    /** How a run stands to an objective. */
    enum Status {
        PASS,
        MISSED,
        NOT_MEASURED
    }

    boolean isMissed() {
        return status == Status.MISSED;
    }

    void write(ObjectNode json) {
        json.put("id", id)
                .put("objective", name)
                .put("target", target)
                .put("result", result)
                .put("margin", margin)
                .put("status", status.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                .put("cause", cause);
    }
}
