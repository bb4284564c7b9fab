package io.tributary.ingest.read;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Fetches what the decoder will need for a record. */
@FunctionalInterface
interface RecordPreparation {

    /** @throws io.tributary.ingest.format.RegistryUnavailableException if it cannot be had now */
    void prepare(ConsumerRecord<byte[], byte[]> record);
}
