package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {

    @BeforeEach
    void logAsGlueDoes() {
        Configurator.setRootLevel(Level.INFO);
    }

    @AfterEach
    void logAsBefore() {
        ((LoggerContext) LogManager.getContext(false)).reconfigure();
    }

    @Test
    void onlyWarningsOfLibrariesAreLoggedAndEverythingOfTheJobs() {
        LogLevels.reduce();

        for (String library : List.of(
                "org.apache.spark.sql.delta.Snapshot",
                "org.apache.spark.scheduler.TaskSetManager",
                "org.apache.kafka.clients.consumer.ConsumerConfig",
                "org.apache.hadoop.fs.s3a.S3AFileSystem")) {
            assertThat(LogManager.getLogger(library).isInfoEnabled())
                    .as(library)
                    .isFalse();
            assertThat(LogManager.getLogger(library).isWarnEnabled())
                    .as(library)
                    .isTrue();
        }
        assertThat(LogManager.getLogger("io.tributary.ingest.IngestJob").isInfoEnabled())
                .isTrue();
    }
}
