package io.tributary.lab.run;

import io.tributary.lab.kafka.KafkaLab;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Brings up all processes of a run, and waits until they work. */
public final class StartUp {

    private static final Duration TABLES_WITHIN = Duration.ofMinutes(3);
    private static final Duration QUERY_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final String FIRST_COMMIT = "/_delta_log/00000000000000000000.json";

    /** The streaming job's word that its query begins; a load that starts before it would only wait in Kafka. */
    private static final String QUERY_BEGINS = "ingest[checkpoint=";

    private final ProjectRoot root;
    private final LakeDirectory directory;
    private final Children children;

    public StartUp(ProjectRoot root, LakeDirectory directory, Children children) {
        this.root = root;
        this.directory = directory;
        this.children = children;
    }

    /**
     * Starts the clusters of {@code names} and those that earlier runs left here; name to bootstrap servers.
     *
     * @param spare clusters that are started as well, and left out of the data-centers file
     */
    Map<String, String> kafka(List<String> names, List<String> spare) {
        SortedSet<String> all = new TreeSet<>(names);
        all.addAll(KafkaLabSpec.clustersIn(directory.kafka()));
        all.addAll(spare);
        KafkaLab kafka = KafkaLab.start(root, KafkaLabSpec.of(directory.kafka(), List.copyOf(all)));
        children.addServer(kafka.process());
        Map<String, String> listed = new TreeMap<>(kafka.bootstrapServers());
        listed.keySet().removeAll(spare);
        Settings.writeDataCenters(listed, KafkaLabSpec.TOPIC, directory.dataCentersFile());
        return kafka.bootstrapServers();
    }

    /** Where the lake lies; on S3, the process that serves it is started first. */
    LakePlace lake(boolean onS3) {
        directory.requireKind(onS3);
        if (!onS3) {
            return LakePlace.in(directory);
        }
        S3Lab s3 = S3Lab.start(root, S3LabSpec.of(directory.s3()));
        children.addServer(s3.process());
        return LakePlace.on(s3);
    }

    /** Starts both jobs. */
    ConfiguredJobs jobs(LakePlace lake, Duration mergeEvery) {
        ConfiguredJobs jobs = new ConfiguredJobs(new Jobs(root, directory, lake), children, mergeEvery);
        jobs.start();
        return jobs;
    }

    /** Waits until the jobs have made the tables and the stream is about to take in what comes. */
    public void awaitJobs(Lake lake, HadoopFiles files) {
        List<String> tables = Stream.of(lake.staging(), lake.merged(), lake.quarantine())
                .map(table -> table + FIRST_COMMIT)
                .toList();
        if (!await(TABLES_WITHIN, () -> tables.stream().allMatch(files::exists))) {
            throw new IllegalStateException("The jobs have not made the lake's tables within "
                    + TABLES_WITHIN.toMinutes() + " minutes. Their logs are in "
                    + directory.log("ingest").getParent());
        }
        // Only the freshness of the first events suffers if this word never comes.
        boolean ignored = await(QUERY_WITHIN, this::queryBegins);
    }

    private boolean queryBegins() {
        return children.all().stream()
                .filter(process -> process.name().equals("ingest"))
                .anyMatch(process -> process.logTail().contains(QUERY_BEGINS));
    }

    /** True once {@code condition} holds, false if it does not in time. */
    private boolean await(Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            Optional<ChildProcess> ended = children.ended();
            if (ended.isPresent()) {
                throw ended.get().failure("ended before the run began");
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }
}
