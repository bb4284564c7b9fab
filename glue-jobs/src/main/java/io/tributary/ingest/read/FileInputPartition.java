package io.tributary.ingest.read;

import io.tributary.ingest.format.registry.RegistryOptions;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What one task reads of one file, by request.
 *
 * @param range positions in bytes
 * @param file its URI
 * @param length that the file had when it was requested, in bytes
 * @param plannedAt when the batch was planned, milliseconds since the epoch
 * @param overrides {@link SourceColumns#EVENT_OVERRIDES} of the data center that the records count as
 * @param registry of the schemas of records that were in Kafka; null if they need none
 * @param mustReadAll whether the batch is in the lake already and has to be read as it is there
 */
public record FileInputPartition(
        RangeReadTask range,
        String file,
        long length,
        long plannedAt,
        String overrides,
        RegistryOptions registry,
        boolean mustReadAll,
        SerializableConfiguration hadoop)
        implements InputPartition {}
