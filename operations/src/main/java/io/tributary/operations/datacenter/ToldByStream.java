package io.tributary.operations.datacenter;

import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What the streaming job last said of a data center. */
public final class ToldByStream {

    private ToldByStream() {}

    /** Empty if it has said nothing of it, or its status cannot be read. */
    public static Optional<DataCenterStatus> of(String dataCenter, Lake lake, Configuration hadoop) {
        HadoopFiles files = new HadoopFiles(hadoop);
        return files.exists(lake.streamStatus())
                ? StreamStatus.parse(files.readOwn(lake.streamStatus()))
                        .map(status -> status.dataCenters().get(dataCenter))
                : Optional.empty();
    }
}
