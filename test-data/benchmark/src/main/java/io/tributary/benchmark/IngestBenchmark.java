package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.benchmark.IngestRecords.Content;
import io.tributary.benchmark.SparkIngest.Deduplication;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.runtime.JobRuntime;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.spark.sql.Row;

/**
 * Catches up with what waits in three Kafka clusters, by our stream and by what Spark offers for it, in turn.
 *
 * <pre>
 *  three clusters ─┬─► parse ──────────────────────────────────► append    what nobody can do without
 *  (their own      ├─► parse ─► dropDuplicatesWithinWatermark ─► append
 *   process)       ├─► parse ─────────────────────────────────► MERGE    into a table that begins empty
 *                  ├─► our stream ────────────────────────────► staging
 *                  └─► our stream, of the same records in Avro ► staging
 * </pre>
 *
 * <p>CPU-seconds are those of this process: brokers are another one.
 */
final class IngestBenchmark {

    static final String TOPIC = "events";
    static final String AVRO_TOPIC = "events-avro";
    private static final String OURS = "Tributary";
    private static final int PARTITIONS = 2;
    private static final int RECORDS_A_BATCH = 100_000;
    private static final double MAX_RATIO_TO_APPEND = 1.25;
    private static final double MAX_RATIO_OF_AVRO = 1.0;

    private final JobRuntime runtime;
    private final KafkaLab kafka;
    private final Path dir;
    private final int rounds;
    private final PrintStream out;

    /** @param rounds that are measured; one more comes before them */
    IngestBenchmark(JobRuntime runtime, KafkaLab kafka, Path dir, int rounds, PrintStream out) {
        this.runtime = runtime;
        this.kafka = kafka;
        this.dir = dir;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * @param records of all clusters together
     * @param bytes of a record
     * @return whether the bound on our stream holds
     */
    boolean run(long records, int bytes) {
        Map<String, String> clusters = kafka.bootstrapServers();
        int perCluster = (int) (records / clusters.size());
        IngestRecords sent = new IngestRecords(bytes, perCluster, Instant.now());
        sent.send(clusters, TOPIC, PARTITIONS, json -> json);
        clusters.values().forEach(IngestBenchmark::createAvroTopic);
        sent.send(clusters, AVRO_TOPIC, PARTITIONS, AvroRecords::of);
        long all = (long) perCluster * clusters.size();
        out.printf(
                Locale.ROOT,
                "%,d records of %,d bytes in %d clusters, 5 %% of them repeated; CPU-seconds and seconds a million, median"
                        + " (least to most) of %d rounds, in turns%n",
                all,
                bytes,
                clusters.size(),
                rounds);
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (IngestWay way : ways(clusters, all, dir.resolve("round-" + round))) {
                way.prepare();
                Cost cost = Cost.of(way::run);
                require(way, sent.content(clusters.size(), way.keepsRepeated()));
                if (round > 0) {
                    costs.computeIfAbsent(way.name(), name -> new ArrayList<>())
                            .add(new Cost(cost.seconds() * 1e6 / all, cost.cpuSeconds() * 1e6 / all));
                }
            }
        }
        return verdict(costs, bytes);
    }

    private static void createAvroTopic(String servers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            admin.createTopics(List.of(new NewTopic(AVRO_TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The topic of the benchmark could not be made", e);
        }
    }

    private List<IngestWay> ways(Map<String, String> clusters, long all, Path folder) {
        List<IngestWay> ways = new ArrayList<>();
        for (Deduplication deduplication : Deduplication.values()) {
            ways.add(new SparkIngest(
                    runtime.spark(),
                    deduplication,
                    clusters,
                    TOPIC,
                    RECORDS_A_BATCH,
                    folder.resolve(deduplication.name())));
        }
        ways.add(new OurIngest(
                OURS + ", Avro",
                "{format: avro, schema: '" + AvroRecords.SCHEMA + "'}",
                runtime,
                clusters,
                AVRO_TOPIC,
                RECORDS_A_BATCH,
                all,
                folder.resolve("avro")));
        ways.add(new OurIngest(OURS, "{}", runtime, clusters, TOPIC, RECORDS_A_BATCH, all, folder.resolve("ours")));
        return ways;
    }

    /** Figures of work that was done wrongly are worth nothing. */
    private static void require(IngestWay way, Content expected) {
        Row found = way.rows()
                .agg(
                        count(lit(1)),
                        countDistinct(col("event_id")),
                        sum(get_json_object(col("payload"), "$.number").cast("long")))
                .first();
        Content content = new Content(found.getLong(0), found.getLong(1), found.getLong(2));
        if (!content.equals(expected)) {
            throw new IllegalStateException(way.name() + " delivered " + content + " in place of " + expected);
        }
    }

    private boolean verdict(Map<String, List<Cost>> costs, int bytes) {
        out.printf("%32s%26s%26s%16s%n", "", "CPU s a million", "s a million", "CPU / append");
        double append = median(costs.values().iterator().next());
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("benchmark", "ingest").put("bytes", bytes);
        ArrayNode lines = json.putArray("ways");
        double ours = 0;
        for (Map.Entry<String, List<Cost>> way : costs.entrySet()) {
            List<Double> cpu = way.getValue().stream().map(Cost::cpuSeconds).toList();
            List<Double> clock = way.getValue().stream().map(Cost::seconds).toList();
            ours = median(way.getValue()) / append;
            out.printf(
                    Locale.ROOT, "%32s%26s%26s%16.2f%n", way.getKey(), Figures.range(cpu), Figures.range(clock), ours);
            ObjectNode line = lines.addObject().put("way", way.getKey());
            Figures.put(line, "cpu_seconds_a_million", cpu);
            Figures.put(line, "seconds_a_million", clock);
            line.put("cpu_to_append", ours);
        }
        out.println(json);
        boolean holds = ours <= MAX_RATIO_TO_APPEND;
        out.printf(
                Locale.ROOT,
                "Tributary / parse and append: %.2f (at most %.2f): %s%n",
                ours,
                MAX_RATIO_TO_APPEND,
                holds ? "holds" : "does not hold");
        double avro = median(costs.get(OURS + ", Avro")) / median(costs.get(OURS));
        out.printf(
                Locale.ROOT,
                "Tributary, Avro / JSON: %.2f (at most %.2f): %s%n",
                avro,
                MAX_RATIO_OF_AVRO,
                avro <= MAX_RATIO_OF_AVRO ? "holds" : "does not hold");
        return holds && avro <= MAX_RATIO_OF_AVRO;
    }

    private static double median(List<Cost> costs) {
        return Figures.median(costs.stream().map(Cost::cpuSeconds).toList());
    }
}
