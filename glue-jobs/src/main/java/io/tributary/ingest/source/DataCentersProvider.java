package io.tributary.ingest.source;

import io.tributary.aws.secrets.SecretsManagerStore;
import io.tributary.config.Secrets;
import io.tributary.ingest.discovery.DataCenterRegistry;
import io.tributary.ingest.discovery.DataCenterStore;
import io.tributary.ingest.discovery.KafkaCluster;
import io.tributary.ingest.discovery.LastGoodFile;
import io.tributary.ingest.discovery.OffsetFetcher;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.ProcessClock;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
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

/** Where Spark finds the source: it makes the table, the table the scan, and the scan the stream. */
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

        // Spark 3.5 offers no other way for a table to tell its schema.
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
            SourceOptions parsed = SourceOptions.from(options);
            return () -> new DataCentersScan(parsed);
        }
    }

    private record DataCentersScan(SourceOptions options) implements Scan {

        @Override
        public StructType readSchema() {
            return SourceColumns.SCHEMA;
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
            Configuration hadoop = SparkSession.active().sessionState().newHadoopConf();
            HadoopFiles files = new HadoopFiles(hadoop);
            Clock clock = ProcessClock.ofProcess();
            Secrets secrets =
                    Secrets.ofThisProcess(new SecretsManagerStore(clock)).within(options.access());
            StagingLog commits = new StagingLog(new CommitLog(options.staging(), hadoop));
            return new DataCentersStream(
                    options,
                    new DataCenterRegistry(
                            options.dataCentersFile(),
                            options.access(),
                            files,
                            new LastGoodFile(options.memory(), files),
                            clock),
                    new DataCenterStore(options.memory(), files),
                    new OffsetFetcher(center -> new KafkaCluster(center, secrets, options.metadataTimeout()), clock),
                    new ConsumerOptionsResolver(secrets),
                    commits::newest,
                    options.metrics().open(),
                    SparkSession.active().sparkContext().defaultParallelism(),
                    clock);
        }
    }
}
