package io.tributary.ingest.source;

import io.tributary.ingest.read.SourceColumns;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The entry point by which Spark finds the source: provider, table, scan and stream. */
public final class DataCentersProvider implements TableProvider {

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return SourceColumns.SCHEMA;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new DataCentersTable();
    }

    private static final class DataCentersTable implements SupportsRead {

        @Override
        public String name() {
            return "data-centers";
        }

        // Spark 3.5 has no other way for a table to report its schema.
        @Override
        @SuppressWarnings("deprecation")
        public StructType schema() {
            return SourceColumns.SCHEMA;
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            String id = SourceContext.id(options);
            return () -> new DataCentersScan(id);
        }
    }

    private record DataCentersScan(String contextId) implements Scan {

        @Override
        public StructType readSchema() {
            return SourceColumns.SCHEMA;
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
            SparkSession spark = SparkSession.active();
            return new DataCentersStream(
                    SourceContext.take(contextId),
                    spark.sessionState().newHadoopConf(),
                    spark.sparkContext().defaultParallelism());
        }
    }
}
