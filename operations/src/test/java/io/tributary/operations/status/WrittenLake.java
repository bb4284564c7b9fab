package io.tributary.operations.status;

import io.tributary.operations.status.GeneratedTail.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The logs of a lake on a disk, of the last ten minutes before {@link #NOW}: fra flows all the time; nyc flows, has a range
 * deferred, and does not answer any more; half of it is merged.
 */
public final class WrittenLake {

    public static final Instant NOW = GeneratedTail.NOW;

    private WrittenLake() {}

    public static void write(Path lake) throws IOException {
        Part flows = Part.of(100, 0L);
        GeneratedTail tail = GeneratedTail.ofBatches(60)
                .batches(30, Map.of("fra", flows, "nyc", flows))
                .merge()
                .batches(9, Map.of("fra", flows, "nyc", flows))
                .batch(Map.of("fra", flows, "nyc", flows.deferred()))
                .batches(20, Map.of("fra", flows));
        write(lake.resolve("events_staging"), tail.stagingLog());
        write(lake.resolve("events_merged"), tail.mergedLog());
    }

    private static void write(Path table, List<String> commits) throws IOException {
        Path log = Files.createDirectories(table.resolve("_delta_log"));
        for (int version = 0; version < commits.size(); version++) {
            Files.writeString(log.resolve(String.format(Locale.ROOT, "%020d.json", version)), commits.get(version));
        }
    }
}
