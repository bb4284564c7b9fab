package io.tributary.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DedupStateStore;
import io.tributary.ingest.state.StateStoreClass;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Deduplicates batches while some number of identities is remembered, in each state store in turn.
 *
 * <pre>
 *  small batches ▏▏▏▏▏▏ large ones, up to the size ▉▉▉▉▉▉ measured: small ones, each of which expires one of the first ▏▏▏▏▏▏
 * </pre>
 */
final class StateBenchmark {

    /** A state store beside others. */
    enum Store {
        FINGERPRINTS(StateStoreClass.of(DedupStateStore.FINGERPRINTS)),
        ROCKSDB(StateStoreClass.of(DedupStateStore.ROCKSDB)),
        HDFS("org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider");

        private final String className;

        Store(String className) {
            this.className = className;
        }
    }

    private static final int ROUNDS = 5;
    private static final int MEASURED_A_ROUND = 2;

    /** More than are measured, with those that a stop leaves behind. */
    private static final int SMALL_BATCHES = 24;

    private static final int MAX_LARGE_BATCH = 500_000;
    private static final int MIN_LARGE_BATCHES = 4;

    /** Its maps of more rows do not fit into the heap. */
    private static final long MAX_ROWS_OF_HDFS = 4_000_000;

    private static final double MAX_RATIO_TO_SMALLEST = 1.2;
    private static final double MAX_BYTES_AN_IDENTITY = 64;
    private static final double MAX_RESTART_SECONDS = 20;

    private final SparkSession spark;
    private final Path dir;
    private final int batchRows;
    private final PrintStream out;

    StateBenchmark(SparkSession spark, Path dir, int batchRows, PrintStream out) {
        this.spark = spark;
        this.dir = dir;
        this.batchRows = batchRows;
        this.out = out;
    }

    /**
     * @param cpu CPU-seconds a batch
     * @param clock seconds a batch
     * @param bytes that the store says it occupies, for each identity
     * @param restart seconds that the first batch after a start took longer
     */
    private record Line(
            long remembered, Store store, List<Double> cpu, List<Double> clock, double bytes, List<Double> restart) {}

    /** @return whether the bounds hold for our store */
    boolean run(List<Long> sizes) {
        out.printf(
                Locale.ROOT,
                "batches of %,d rows, 5 %% of them repeated; median (least to most) of %d in %d rounds, in turns%n",
                batchRows,
                ROUNDS * MEASURED_A_ROUND,
                ROUNDS);
        out.printf(
                "%14s%14s%24s%24s%12s%24s%n",
                "remembered", "store", "CPU s a batch", "s a batch", "bytes each", "restart s");
        List<Line> lines = new ArrayList<>();
        for (long size : sizes) {
            List<Line> measured = measure(size);
            measured.forEach(this::print);
            lines.addAll(measured);
        }
        out.println(json(lines));
        return verdict(lines.stream()
                .filter(line -> line.store() == Store.FINGERPRINTS)
                .toList());
    }

    private List<Line> measure(long size) {
        long wanted = Math.min(MAX_LARGE_BATCH, size / MIN_LARGE_BATCHES / batchRows * batchRows);
        int large = (int) Math.max(batchRows, wanted);
        int largeBatches = (int) ((size + large - 1) / large);
        long delayMillis = (SMALL_BATCHES + largeBatches - 1) * 500L;
        Map<Store, StateStream> streams = new EnumMap<>(Store.class);
        Map<Store, Line> lines = new EnumMap<>(Store.class);
        for (Store store : Store.values()) {
            if (store != Store.HDFS || size <= MAX_ROWS_OF_HDFS) {
                StateStream stream =
                        new StateStream(spark, store.className, dir.resolve(store + "-" + size), delayMillis);
                stream.run(batchRows, SMALL_BATCHES);
                stream.run(large, largeBatches);
                // The stop has left a large batch behind.
                stream.run(batchRows, 1);
                streams.put(store, stream);
                lines.put(store, new Line(size, store, new ArrayList<>(), new ArrayList<>(), 0, new ArrayList<>()));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            streams.forEach((store, stream) -> {
                List<Cost> costs = stream.run(batchRows, 1 + MEASURED_A_ROUND);
                List<Cost> measured = costs.subList(1, costs.size());
                Line line = lines.get(store);
                measured.forEach(cost -> line.cpu().add(cost.cpuSeconds()));
                measured.forEach(cost -> line.clock().add(cost.seconds()));
                line.restart()
                        .add(costs.get(0).seconds() - Cost.median(measured).seconds());
            });
        }
        return lines.values().stream()
                .map(line -> new Line(
                        size,
                        line.store(),
                        line.cpu(),
                        line.clock(),
                        streams.get(line.store()).memoryBytes() / (double) size,
                        line.restart()))
                .toList();
    }

    private void print(Line line) {
        out.printf(
                Locale.ROOT,
                "%,14d%14s%24s%24s%12.0f%24s%n",
                line.remembered(),
                line.store().name().toLowerCase(Locale.ROOT),
                Figures.range(line.cpu()),
                Figures.range(line.clock()),
                line.bytes(),
                Figures.range(line.restart()));
    }

    private static ObjectNode json(List<Line> lines) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("benchmark", "state");
        ArrayNode found = json.putArray("lines");
        for (Line line : lines) {
            ObjectNode one = found.addObject()
                    .put("remembered", line.remembered())
                    .put("store", line.store().name().toLowerCase(Locale.ROOT))
                    .put("bytes_an_identity", line.bytes());
            Figures.put(one, "cpu_seconds", line.cpu());
            Figures.put(one, "seconds", line.clock());
            Figures.put(one, "restart_seconds", line.restart());
        }
        return json;
    }

    private boolean verdict(List<Line> ours) {
        Line first = ours.get(0);
        Line last = ours.get(ours.size() - 1);
        double growth = Figures.median(last.cpu()) / Figures.median(first.cpu());
        double bytes = ours.stream().mapToDouble(Line::bytes).max().orElseThrow();
        double restart = Figures.median(last.restart());
        boolean holds =
                growth <= MAX_RATIO_TO_SMALLEST && bytes <= MAX_BYTES_AN_IDENTITY && restart <= MAX_RESTART_SECONDS;
        out.printf(
                Locale.ROOT,
                "fingerprints: CPU, the largest state / the smallest: %.2f (at most %.1f); bytes an identity: %.0f (at most"
                        + " %.0f); restart with the largest: %.1f s (at most %.0f): %s%n",
                growth,
                MAX_RATIO_TO_SMALLEST,
                bytes,
                MAX_BYTES_AN_IDENTITY,
                restart,
                MAX_RESTART_SECONDS,
                holds ? "holds" : "does not hold");
        return holds;
    }
}
