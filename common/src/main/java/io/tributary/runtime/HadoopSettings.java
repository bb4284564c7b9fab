package io.tributary.runtime;

import io.tributary.runtime.local.LocalFileSystems;
import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings without a Spark session: for reading the configuration, and for tools that need no Spark. */
public final class HadoopSettings {

    private static final String S3 = "fs.s3.impl";
    private static final String S3_NOT_SHARED = "fs.s3.impl.disable.cache";

    private HadoopSettings() {}

    /** The settings on this process's class path, with this process's S3 endpoint. */
    public static Configuration ofProcess() {
        Configuration hadoop = new Configuration();
        if (hadoop.get(S3) == null) {
            hadoop.set(S3, LocalRuntime.S3_FILE_SYSTEM);
        }
        LocalFileSystems.hadoopSettings().forEach(hadoop::set);
        S3Endpoint.ofProcess().ifPresent(endpoint -> endpoint.hadoopSettings().forEach(hadoop::set));
        return hadoop;
    }

    /**
     * The settings on this process's class path, with another S3 endpoint. File systems opened with them are not
     * cached, since Hadoop caches them by the bucket's name alone.
     */
    public static Configuration at(S3Endpoint endpoint) {
        Configuration hadoop = ofProcess();
        hadoop.setBoolean(S3_NOT_SHARED, true);
        endpoint.hadoopSettings().forEach(hadoop::set);
        return hadoop;
    }
}
