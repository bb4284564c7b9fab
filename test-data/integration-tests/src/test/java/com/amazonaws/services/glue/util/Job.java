package com.amazonaws.services.glue.util;

import com.amazonaws.services.glue.GlueContext;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In the place of Glue's: says in the log what it was told. The results are what a Scala object would give. */
public final class Job {

    private static final Logger LOG = LoggerFactory.getLogger("io.tributary.glue.bookkeeping");
    private static final Job OBJECT = new Job();

    private Job() {}

    public static Job init(String name, GlueContext glue, Map<String, String> arguments) {
        LOG.info(
                "bookkeeping: begins {} of {} with {}",
                name,
                glue.getClass().getSimpleName(),
                new TreeMap<>(arguments));
        return OBJECT;
    }

    public static void commit() {
        LOG.info("bookkeeping: done");
    }
}
