package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What Spark says of each batch in its log: how long each part of it took. */
final class ProgressLog {

    private static final String BEGIN = "Streaming query made progress: {";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProgressLog() {}

    /** The parts of each batch that read records, by Spark's names, in milliseconds, by the number of the batch. */
    static Map<Long, Map<String, Long>> byBatch(Path file) {
        Map<Long, Map<String, Long>> byBatch = new TreeMap<>();
        if (!Files.isRegularFile(file)) {
            return byBatch;
        }
        StringBuilder text = new StringBuilder();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.endsWith(BEGIN)) {
                    text.setLength(0);
                    text.append('{');
                } else if (!text.isEmpty()) {
                    text.append(line);
                    if (line.equals("}")) {
                        add(JSON.readTree(text.toString()), byBatch);
                        text.setLength(0);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What Spark says of its batches cannot be read: " + file, e);
        }
        return byBatch;
    }

    private static void add(JsonNode progress, Map<Long, Map<String, Long>> byBatch) {
        if (progress.path("numInputRows").asLong() == 0) {
            return;
        }
        Map<String, Long> parts = new TreeMap<>();
        progress.path("durationMs")
                .properties()
                .forEach(part -> parts.put(part.getKey(), part.getValue().asLong()));
        byBatch.put(progress.path("batchId").asLong(), parts);
    }
}
