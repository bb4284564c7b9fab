package io.tributary.lab.race;

import io.tributary.s3.ConditionalLogStore;

/** The log stores that are compared. */
enum RacedStore {
    DELTA_DEFAULT("io.delta.storage.S3SingleDriverLogStore"),
    CONDITIONAL(ConditionalLogStore.class.getName());

    private final String className;

    RacedStore(String className) {
        this.className = className;
    }

    String className() {
        return className;
    }

    String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
