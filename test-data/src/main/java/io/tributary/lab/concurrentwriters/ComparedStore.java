package io.tributary.lab.concurrentwriters;

import io.tributary.aws.s3.ConditionalLogStore;

/** The log stores that are compared. */
enum ComparedStore {
    DELTA_DEFAULT("io.delta.storage.S3SingleDriverLogStore"),
    CONDITIONAL(ConditionalLogStore.class.getName());

    private final String className;

    ComparedStore(String className) {
        this.className = className;
    }

    String className() {
        return className;
    }

    String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
