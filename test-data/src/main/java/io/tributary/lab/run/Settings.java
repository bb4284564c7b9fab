package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The files that tell the jobs what to do, as a run writes them. */
public final class Settings {

    private static final String DEFAULT = "pipeline.yaml";

    private Settings() {}

    /** Puts the pipeline configuration of a run, the given one or the lab's own, where the jobs will read it. */
    public static PipelineConfig writePipeline(Optional<Path> given, Path file) {
        String text = pipelineText(given);
        PipelineConfig config = parse(text, given);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The pipeline configuration cannot be put at " + file, e);
        }
        return config;
    }

    /** The pipeline configuration of a run, read and found to be good. */
    public static PipelineConfig pipeline(Optional<Path> given) {
        return parse(pipelineText(given), given);
    }

    private static PipelineConfig parse(String text, Optional<Path> given) {
        return PipelineConfig.parse(text, given.map(Path::toString).orElse("the lab's " + DEFAULT));
    }

    private static String pipelineText(Optional<Path> given) {
        return given.map(Settings::read).orElseGet(Settings::ownPipeline);
    }

    private static String read(Path given) {
        try {
            return Files.readString(given);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    "The pipeline configuration " + given + " is no UTF-8 text. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The pipeline configuration " + given + " cannot be read: " + e
                            + ". Name a file that can be read, with --config",
                    e);
        }
    }

    private static String ownPipeline() {
        try (InputStream in = Settings.class.getResourceAsStream(DEFAULT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The lab's own " + DEFAULT + " cannot be read", e);
        }
    }

    /** Writes the data-centers file: every cluster with its topic, from its first record on. */
    public static void writeDataCenters(Map<String, String> bootstrapServers, String topic, Path file) {
        writeDataCenters(bootstrapServers, Set.of(), Map.of(), Map.of(), topic, file);
    }

    /**
     * Writes the data-centers file anew, in one go, since the streaming job may read it at any moment.
     *
     * @param paused those of the clusters that are not to be read now
     * @param more a topic that one of them is to have besides
     * @param resets what one of them accepts, as the streaming job words it
     */
    public static void writeDataCenters(
            Map<String, String> bootstrapServers,
            Set<String> paused,
            Map<String, String> more,
            Map<String, String> resets,
            String topic,
            Path file) {
        StringBuilder yaml = new StringBuilder("data_centers:\n");
        new TreeMap<>(bootstrapServers).forEach((name, servers) -> yaml.append("  - name: \"")
                .append(name)
                .append("\"\n    bootstrap_servers: \"")
                .append(servers)
                .append("\"\n    topics: [")
                .append(topic)
                .append(more.containsKey(name) ? ", " + more.get(name) : "")
                .append("]\n    start: earliest\n")
                .append(resets.containsKey(name) ? "    accept_reset: [\"" + resets.get(name) + "\"]\n" : "")
                .append(paused.contains(name) ? "    state: paused\n" : ""));
        replace(file, yaml.toString());
    }

    /** Puts another text in a file's place, in one go. */
    public static void replace(Path file, String text) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The data-centers file cannot be written: " + file, e);
        }
    }
}
