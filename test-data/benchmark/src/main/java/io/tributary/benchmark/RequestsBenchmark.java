package io.tributary.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts what the two jobs ask of S3: the stream for each batch, over as many batches as two checkpoints of its tables are
 * apart, and the merge job from its start to its end, with new files and without.
 *
 * <pre>
 *  load ──► three clusters ──► IngestJob ──► front, which counts ──► S3 ◄── front ◄── MergeJob
 * </pre>
 *
 * <p>How many there are does not depend on how fast the machine is.
 */
final class RequestsBenchmark {

    private static final Duration TRIGGER = Duration.ofSeconds(2);
    private static final Duration BATCHES_TIMEOUT = Duration.ofMinutes(5);
    private static final long NAP_NANOS = 50_000_000;
    private static final int WARM_UP_BATCHES = 3;
    private static final int RECORDS_A_SECOND = 300;
    private static final int BYTES = 300;
    private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

    /** What a batch may ask: half of what it asked when its requests were first counted. */
    private static final Map<String, Double> MAX_A_BATCH =
            new TreeMap<>(Map.of("GET", 15.3, "HEAD", 26.2, "LIST", 8.35, "PUT", 6.25));

    /** What a merge of new files may ask beside the reading of each: half of what it asked at first. */
    private static final Map<String, Double> MAX_A_MERGE = new TreeMap<>(Map.of("LIST", 20.0, "PUT", 14.0));

    private final ProjectRoot root;
    private final KafkaLab kafka;
    private final S3Lab s3;
    private final Path dir;
    private final int rounds;
    private final PrintStream out;

    /** @param s3 with a front */
    RequestsBenchmark(ProjectRoot root, KafkaLab kafka, S3Lab s3, Path dir, int rounds, PrintStream out) {
        this.root = root;
        this.kafka = kafka;
        this.s3 = s3;
        this.dir = dir;
        this.rounds = rounds;
        this.out = out;
    }

    /** What one piece of work asked, by kind of request, in one figure a round. */
    private record Asked(String work, SortedMap<String, List<Double>> counts) {

        Asked(String work) {
            this(work, new TreeMap<>());
        }

        void add(SortedMap<String, Integer> asked, int pieces) {
            asked.forEach((kind, count) ->
                    counts.computeIfAbsent(kind, any -> new ArrayList<>()).add((double) count / pieces));
        }

        double median(String kind) {
            return counts.containsKey(kind) ? Figures.median(counts.get(kind)) : 0;
        }

        boolean holds(Map<String, Double> limits) {
            return limits.entrySet().stream().allMatch(limit -> median(limit.getKey()) <= limit.getValue());
        }
    }

    /**
     * @param batches that are counted in each round; the tables of the stream have a checkpoint every 10
     * @return whether the bounds hold
     */
    boolean run(int batches) {
        Asked batch = new Asked("a batch");
        Asked merge = new Asked("a merge of " + batches + " batches");
        Asked idle = new Asked("a merge of nothing new");
        for (int round = 1; round <= rounds; round++) {
            String place = "round-" + round;
            PipelineProcesses jobs = new PipelineProcesses(
                    root,
                    dir.resolve(place),
                    s3.uri(place),
                    new TreeMap<>(s3.endpoint().properties()));
            List<SteadyLoad.DataCenterTopic> dataCenters = kafka.bootstrapServers().entrySet().stream()
                    .map(cluster ->
                            new SteadyLoad.DataCenterTopic(cluster.getKey(), cluster.getValue(), KafkaLabSpec.TOPIC))
                    .toList();
            jobs.configure(dataCenters, TRIGGER);
            try (SteadyLoad load = new SteadyLoad(dataCenters, RECORDS_A_SECOND, BYTES);
                    ChildProcess ingest = jobs.startIngest()) {
                long first = awaitCommits(ingest, place, WARM_UP_BATCHES);
                s3.front().takeCounts();
                long last = awaitCommits(ingest, place, first + batches);
                batch.add(s3.front().takeCounts(), (int) (last - first));
                load.stop();
            }
            s3.front().takeCounts();
            jobs.merge();
            merge.add(s3.front().takeCounts(), 1);
            jobs.merge();
            idle.add(s3.front().takeCounts(), 1);
        }
        return verdict(batch, merge, idle);
    }

    /** Waits until staging has so many commits, and returns how many it has. Looks past the front. */
    private long awaitCommits(ChildProcess ingest, String place, long wanted) {
        long deadline = System.nanoTime() + BATCHES_TIMEOUT.toNanos();
        Path log = s3.folder(place + "/events_staging/_delta_log");
        long commits = commits(log);
        while (commits < wanted) {
            if (!ingest.isAlive() || System.nanoTime() > deadline) {
                throw ingest.failure("made " + commits + " commits, not " + wanted);
            }
            LockSupport.parkNanos(NAP_NANOS);
            commits = commits(log);
        }
        return commits;
    }

    private static long commits(Path log) {
        if (!Files.isDirectory(log)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file ->
                            COMMIT.matcher(file.getFileName().toString()).matches())
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean verdict(Asked batch, Asked merge, Asked idle) {
        out.printf(
                Locale.ROOT,
                "requests to S3 of three data centers, %d records a second; median (least to most) of %d rounds%n",
                RECORDS_A_SECOND,
                rounds);
        List<Asked> all = List.of(batch, merge, idle);
        out.printf("%8s", "");
        all.forEach(asked -> out.printf("%30s", asked.work()));
        out.println();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("benchmark", "requests");
        ArrayNode lines = json.putArray("lines");
        for (String kind : kinds(all)) {
            out.printf("%8s", kind);
            for (Asked asked : all) {
                List<Double> counts = asked.counts().getOrDefault(kind, List.of(0.0));
                out.printf("%30s", Figures.range(counts));
                Figures.put(lines.addObject().put("work", asked.work()).put("kind", kind), "requests", counts);
            }
            out.println();
        }
        out.println(json);
        boolean holds = batch.holds(MAX_A_BATCH) && merge.holds(MAX_A_MERGE);
        out.printf(
                "a batch at most %s, a merge at most %s: %s%n",
                MAX_A_BATCH, MAX_A_MERGE, holds ? "holds" : "does not hold");
        return holds;
    }

    private static List<String> kinds(List<Asked> all) {
        return all.stream()
                .flatMap(asked -> asked.counts().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
