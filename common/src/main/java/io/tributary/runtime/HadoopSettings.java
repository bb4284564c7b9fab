package io.tributary.runtime;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings where no Spark session has them yet: to read the configuration, and for tools that need no Spark. */
public final class HadoopSettings {

    private static final String S3 = "fs.s3.impl";

    private HadoopSettings() {}

    /** The settings on this process's class path, with the S3 endpoint that it was given. */
    public static Configuration ofProcess() {
        Configuration hadoop = new Configuration();
        if (hadoop.get(S3) == null) {
            hadoop.set(S3, LocalRuntime.S3_FILE_SYSTEM);
        }
        S3Endpoint.ofProcess().ifPresent(endpoint -> endpoint.hadoopSettings().forEach(hadoop::set));
        return hadoop;
    }
}
