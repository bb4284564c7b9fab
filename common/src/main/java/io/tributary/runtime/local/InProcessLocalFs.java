package io.tributary.runtime.local;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FsConstants;

/** What {@code FileContext} opens for {@code file:}; Spark's checkpoints and Delta's log are written through it. */
public final class InProcessLocalFs extends ChecksumFs {

    /** Hadoop makes it by its class name, with the URI that it is to open. */
    public InProcessLocalFs(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
        super(new Raw(hadoop));
    }

    private static final class Raw extends DelegateToFileSystem {

        Raw(Configuration hadoop) throws IOException, URISyntaxException {
            super(
                    FsConstants.LOCAL_FS_URI,
                    new InProcessRawLocalFileSystem(),
                    hadoop,
                    FsConstants.LOCAL_FS_URI.getScheme(),
                    false);
        }

        @Override
        public int getUriDefaultPort() {
            return -1;
        }
    }
}
