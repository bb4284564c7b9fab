package io.tributary.lab.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Looks every second, while a load lasts, at what only the moment itself can tell. */
final class Sampler implements AutoCloseable {

    private static final long EVERY_MILLIS = 1_000;

    private final LoadStart start;
    private final Map<String, DoubleSupplier> cpu;
    private final LongSupplier acknowledged;
    private final Map<String, Path> tables;
    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sampler");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param cpu CPU-seconds that a process has used, by its name
     * @param acknowledged how many records Kafka has acknowledged
     * @param tables the folders of tables by their names
     */
    Sampler(LoadStart start, Map<String, DoubleSupplier> cpu, LongSupplier acknowledged, Map<String, Path> tables) {
        this.start = start;
        this.cpu = new LinkedHashMap<>(cpu);
        this.acknowledged = acknowledged;
        this.tables = new LinkedHashMap<>(tables);
    }

    /**
     * What was seen at one moment.
     *
     * @param seconds from the start of the load
     * @param cpuSeconds used so far by each process
     * @param machineCpuSeconds used so far by the whole machine; 0 where it does not tell
     */
    record Sample(
            double seconds,
            Map<String, Double> cpuSeconds,
            double machineCpuSeconds,
            long acknowledged,
            Map<String, Stored> tables) {}

    /** Data files of a table, those that are replaced and not removed yet included. */
    record Stored(long files, long bytes) {

        private Stored plus(long size) {
            return new Stored(files + 1, bytes + size);
        }
    }

    void begin() {
        var unused = timer.scheduleAtFixedRate(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        Map<String, Double> used = new LinkedHashMap<>();
        cpu.forEach((name, seconds) -> used.put(name, seconds.getAsDouble()));
        Map<String, Stored> stored = new LinkedHashMap<>();
        tables.forEach((name, folder) -> stored.put(name, stored(folder)));
        samples.add(new Sample(
                start.since().toMillis() / 1e3, used, Machine.cpuSeconds(), acknowledged.getAsLong(), stored));
    }

    private static Stored stored(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Stored all = new Stored(0, 0);
            for (Path file : files.filter(path -> path.toString().endsWith(".parquet"))
                    .filter(path -> !path.toString().contains("_delta_log"))
                    .toList()) {
                all = all.plus(Files.size(file));
            }
            return all;
        } catch (IOException | java.io.UncheckedIOException e) {
            // A file went while it was looked at.
            return new Stored(0, 0);
        }
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Looks once more and then no more. */
    @Override
    public void close() {
        timer.shutdownNow();
        look();
    }
}
