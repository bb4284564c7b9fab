package io.tributary.ingest.read;

import io.tributary.ingest.format.KnownSchemas;
import io.tributary.ingest.format.RegistryUnavailableException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds the schemas of records that are about to be decoded, those of their keys included, if something of keys is read. */
final class SchemaPreparation implements RecordPreparation {

    /** What one task may wait for schemas that it has never seen. The batch of all data centers waits with it. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(8);

    private final String dataCenter;
    private long waitedNanos;
    private int schemas;

    private SchemaPreparation(String dataCenter) {
        this.dataCenter = dataCenter;
    }

    /** For the records of a data center. */
    static RecordPreparation of(ConsumerOptions options) {
        if (options.registry() == null) {
            return record -> {};
        }
        KnownSchemas.OF_PROCESS.use(options.dataCenter(), options.registry());
        return new SchemaPreparation(options.dataCenter());
    }

    @Override
    public void prepare(ConsumerRecord<byte[], byte[]> record) {
        if (waitedNanos > MAX_WAIT.toNanos()) {
            throw new RegistryUnavailableException("the schema registry took longer than " + MAX_WAIT.toSeconds()
                    + " s for " + schemas + " schemas; the others are for a later batch");
        }
        long begin = System.nanoTime();
        KnownSchemas.OF_PROCESS.prepare(dataCenter, record.topic(), record.value(), record.key());
        long took = System.nanoTime() - begin;
        // What is known takes microseconds.
        if (took > 1_000_000) {
            waitedNanos += took;
            schemas++;
        }
    }
}
