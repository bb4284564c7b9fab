package io.tributary.ingest.read;

import io.tributary.ingest.format.KnownSchemas;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds the schemas of records that are about to be decoded, those of their keys included. */
final class SchemaPreparation {

    private SchemaPreparation() {}

    /** For the records of a data center. */
    static RecordFetcher.Preparation of(ConsumerOptions options) {
        if (options.registry() == null) {
            return record -> {};
        }
        KnownSchemas.OF_PROCESS.use(options.dataCenter(), options.registry());
        return record -> prepare(options.dataCenter(), record);
    }

    private static void prepare(String dataCenter, ConsumerRecord<byte[], byte[]> record) {
        KnownSchemas.OF_PROCESS.prepare(dataCenter, record.topic(), record.value());
        KnownSchemas.OF_PROCESS.prepare(dataCenter, record.topic(), record.key());
    }
}
