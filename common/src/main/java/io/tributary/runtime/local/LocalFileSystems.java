package io.tributary.runtime.local;

import java.util.Map;

/** Makes Hadoop use this package. */
public final class LocalFileSystems {

    private LocalFileSystems() {}

    /** Hadoop's names and values. */
    public static Map<String, String> hadoopSettings() {
        return Map.of(
                "fs.file.impl", InProcessLocalFileSystem.class.getName(),
                "fs.AbstractFileSystem.file.impl", InProcessLocalFs.class.getName());
    }
}
