package io.tributary.lake.log;

import java.util.OptionalLong;
import org.apache.spark.sql.delta.actions.AddFile;

/**
 * A file that a commit added to its table, or that a version of the table has.
 *
 * @param file Delta's own value
 */
public record AddAction(AddFile file) {

    /** As the log writes it: a URI, escaped, and relative to the table's root unless the table was cloned. */
    public String path() {
        return file.path();
    }

    public long size() {
        return file.size();
    }

    public PartitionValues partition() {
        return PartitionValues.of(file.partitionValues());
    }

    /** Whether the rows are new in the table; false if they were only moved from other files. */
    public boolean changesData() {
        return file.dataChange();
    }

    /** How many rows the file stands for; empty where the log does not say, or some of them are deleted. */
    public OptionalLong rows() {
        return file.deletionVector() == null ? statistics().rows() : OptionalLong.empty();
    }

    public FileStatistics statistics() {
        return FileStatistics.parse(file.stats());
    }
}
