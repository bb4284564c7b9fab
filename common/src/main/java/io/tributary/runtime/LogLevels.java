package io.tributary.runtime;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * What a job on Glue logs of the libraries that it uses: warnings and errors. Glue logs everything from INFO, and there
 * Delta prints the ids of events, as the statistics of files, in lines that grow with the table; Kafka prints the
 * configuration of every client; Spark prints some hundred lines a batch. The job's own lines stay.
 */
final class LogLevels {

    private static final List<String> LIBRARIES =
            List.of("org.apache.spark", "io.delta", "org.apache.kafka", "org.apache.hadoop", "org.apache.parquet");

    private LogLevels() {}

    static void reduce() {
        for (String library : LIBRARIES) {
            Configurator.setLevel(library, Level.WARN);
        }
    }
}
