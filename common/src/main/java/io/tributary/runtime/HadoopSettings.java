package io.tributary.runtime;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings where no Spark session has them yet: to read the configuration, and for tools that need no Spark. */
public final class HadoopSettings {

    private static final String S3 = "fs.s3.impl";
    private static final String S3_NOT_SHARED = "fs.s3.impl.disable.cache";

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

    /**
     * The settings on this process's class path, with another S3 endpoint than the process's own. File systems opened
     * with them are not shared, since Hadoop would share them by the bucket's name alone.
     */
    public static Configuration at(S3Endpoint endpoint) {
        Configuration hadoop = ofProcess();
        hadoop.setBoolean(S3_NOT_SHARED, true);
        endpoint.hadoopSettings().forEach(hadoop::set);
        return hadoop;
    }
}
