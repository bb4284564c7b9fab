package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a producer or a broker of {@code nyc} does to its own records: the query never fails of it, and {@code fra} does
 * not wait.
 */
class OperatorRunsIT extends OutageFixture {

    private static final String KAFKA_DEFAULTS = "{default.api.timeout.ms: 60000, request.timeout.ms: 30000}";

    @Test
    void aRecordStampedInNanosecondsIsAnEventWithoutKafkaTime() throws Exception {
        start("{}");
        send("nyc", List.of("before"));
        producers
                .get("nyc")
                .send(new ProducerRecord<>(topic, 0, 1_750_000_000_000_000_000L, null, event("nanos", "")))
                .get();
        send("nyc", List.of("after"));

        assertThat(longestWaitOfTheOther(() -> isRead("nyc"))).isLessThan(FRESH);

        assertThat(staged("nyc").stream().map(row -> row.getString(0) + (row.isNullAt(1) ? " without" : " with")))
                .containsExactlyInAnyOrder("before with", "nanos without", "after with");
        assertThat(commits().stream()
                        .mapToLong(metadata -> metadata.total().implausibleTimestamps())
                        .sum())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1200, 100, false", "1200, 100, true", "20000, 2000, false", "20000, 2000, true"})
    void aThrottledDataCenterIsReadAtTheRateOfItsQuota(double bytesPerSecond, int backlog, boolean kafkasOwnTimeouts)
            throws Exception {
        send("nyc", IntStream.range(0, backlog).mapToObj(i -> "backlog-" + i).toList());
        setQuota(Optional.of(bytesPerSecond));
        start(kafkasOwnTimeouts ? KAFKA_DEFAULTS : "{}");

        assertThat(longestWaitOfTheOther(() -> positionOf("nyc") >= backlog / 2))
                .isLessThan(FRESH);
        send("nyc", IntStream.range(0, 20).mapToObj(i -> "more-" + i).toList());
        assertThat(longestWaitOfTheOther(() -> isRead("nyc"))).isLessThan(FRESH);

        assertThat(staged("nyc")).hasSize(backlog + 20);
    }

    @Test
    void recordsOfCorruptBatchesAreQuarantinedAndThoseBetweenAndBehindThemAreRead() throws Exception {
        send("nyc", List.of("a0", "a1"));
        send("nyc", List.of("corrupt0", "corrupt1", "corrupt2"));
        send("nyc", List.of("between"));
        send("nyc", List.of("wrong0", "wrong1", "wrong2"));
        send("nyc", List.of("b0", "b1"));
        nyc.close();
        Path segment = brokers.resolve("nyc/nyc/records/" + topic + "-0/00000000000000000000.log");
        corrupt(segment, "corrupt1");
        corrupt(segment, "wrong1");
        nyc = startCluster("nyc");
        start("{}");

        assertThat(longestWaitOfTheOther(() -> isRead("nyc"))).isLessThan(FRESH);

        assertThat(staged("nyc"))
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("a0", "a1", "between", "b0", "b1");
        assertThat(rows(lake.quarantine(), Columns.REASON, Columns.KAFKA_PARTITION, Columns.KAFKA_OFFSET).stream()
                        .map(Row::mkString))
                .containsExactlyInAnyOrder(
                        "corrupt_record02",
                        "corrupt_record03",
                        "corrupt_record04",
                        "corrupt_record06",
                        "corrupt_record07",
                        "corrupt_record08");
    }

    @Test
    void recordsOfAMegabyteFlow() throws Exception {
        start("{}");
        String filling = "x".repeat(1 << 20);
        for (int i = 0; i < 60; i++) {
            send("nyc", List.of("large-" + i), filling);
        }

        // Both share the batch, whose 60 MB are decoded, deduplicated and written.
        assertThat(longestWaitOfTheOther(() -> isRead("nyc"))).isLessThan(FRESH.multipliedBy(3));

        assertThat(staged("nyc")).hasSize(60);
    }

    /** Flips one bit of the first place where {@code text} stands. */
    private static void corrupt(Path segment, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).as("the place of " + text).isPositive();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            file.write(bytes[at] ^ 1);
        }
    }
}
