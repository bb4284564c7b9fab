package io.tributary.runtime.local;

import org.apache.hadoop.fs.LocalFileSystem;

/** What {@code FileSystem} opens for {@code file:}. */
public final class InProcessLocalFileSystem extends LocalFileSystem {

    /** Hadoop makes it by its class name. */
    public InProcessLocalFileSystem() {
        super(new InProcessRawLocalFileSystem());
    }
}
