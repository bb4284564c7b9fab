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
import java.util.Set;
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

    /** What S3 charges for a million requests that write or list, and for a million of all others, in dollars. */
    private static final double DOLLARS_A_MILLION_WRITES = 5.0;

    private static final double DOLLARS_A_MILLION_READS = 0.4;

    private static final Set<String> WRITES = Set.of("PUT", "POST", "LIST");

    /** S3 charges nothing for them. */
    private static final String FREE = "DELETE";

    /** Half of what the same asked when its requests were first counted: 12.5 PUT, 16.7 LIST, 30.6 GET, 52.4 HEAD. */
    private static final double MAX_DOLLARS_A_MILLION_BATCHES = 90;

    /** Of ten batches, with the start of the job and the page that it writes, for which it counts rows. */
    private static final double MAX_DOLLARS_A_MILLION_MERGES = 600;

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

        private double median(String kind) {
            return Figures.median(counts.get(kind));
        }

        /** At list prices, for a million of these pieces of work. */
        double dollarsAMillion() {
            return counts.keySet().stream()
                    .filter(kind -> !kind.equals(FREE))
                    .mapToDouble(kind ->
                            median(kind) * (WRITES.contains(kind) ? DOLLARS_A_MILLION_WRITES : DOLLARS_A_MILLION_READS))
                    .sum();
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
        out.printf("%8s", "$ / 1 M");
        all.forEach(asked -> out.printf(Locale.ROOT, "%30.0f", asked.dollarsAMillion()));
        out.println();
        out.println(json);
        boolean holds = batch.dollarsAMillion() <= MAX_DOLLARS_A_MILLION_BATCHES
                && merge.dollarsAMillion() <= MAX_DOLLARS_A_MILLION_MERGES;
        out.printf(
                Locale.ROOT,
                "at S3's list prices a million batches at most $%.0f, a million merges at most $%.0f: %s%n",
                MAX_DOLLARS_A_MILLION_BATCHES,
                MAX_DOLLARS_A_MILLION_MERGES,
                holds ? "holds" : "does not hold");
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
