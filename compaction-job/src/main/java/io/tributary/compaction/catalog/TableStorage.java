package io.tributary.compaction.catalog;

import java.util.Map;
import java.util.TreeMap;

/**
 * The location of an entry's data, and the Hive classes that read it; empty texts for a view.
 *
 * @param serdeParameters parameters of the SerDe
 */
public record TableStorage(
        String location, String inputFormat, String outputFormat, String serde, Map<String, String> serdeParameters) {

    public static final TableStorage NONE = new TableStorage("", "", "", "", Map.of());

    public TableStorage {
        serdeParameters = Map.copyOf(serdeParameters);
    }

    /** The formats that Spark writes for a table that only Spark can read; engines that know Delta use the path. */
    static TableStorage delta(String location) {
        return new TableStorage(
                location,
                "org.apache.hadoop.mapred.SequenceFileInputFormat",
                "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                Map.of("path", location, "serialization.format", "1"));
    }

    /** Parquet files that are listed in manifests. */
    static TableStorage manifests(String location) {
        return new TableStorage(
                location,
                "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
                "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                Map.of("serialization.format", "1"));
    }

    /** This storage, with the parameters that others have added to {@code present}. */
    TableStorage over(TableStorage present) {
        Map<String, String> both = new TreeMap<>(present.serdeParameters);
        both.putAll(serdeParameters);
        return new TableStorage(location, inputFormat, outputFormat, serde, both);
    }
}
