package io.tributary.benchmark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One way to bring the records of several Kafka clusters into a table. */
interface IngestWay {

    String name();

    /** Whether repeated records show. */
    boolean keepsRepeated();

    /** Makes what has to be there before the measurement begins. */
    void prepare();

    /** Reads all records that are in the topics and ends. */
    void run();

    /** The rows that came of them, with {@code event_id} and {@code payload}. */
    Dataset<Row> rows();
}
