package io.tributary.lab.chaos;

import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.Jobs;
import io.tributary.lab.run.LakeDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Both jobs, each once or, for a while, twice. */
final class Drivers {

    private static final Duration MERGE_EVERY = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final LakeDirectory directory;
    private final Children children;
    private final Console console;
    private final List<RestartingJob> all = new ArrayList<>();
    private RestartingJob ingest;
    private RestartingJob merge;
    private int started;

    Drivers(Jobs jobs, LakeDirectory directory, Children children, Console console) {
        this.jobs = jobs;
        this.directory = directory;
        this.children = children;
        this.console = console;
        this.ingest = ingest("ingest");
        this.merge = merge("merge");
    }

    private RestartingJob ingest(String name) {
        return added(new RestartingJob(name, jobs::ingest, children, directory::log, console));
    }

    private RestartingJob merge(String name) {
        return added(new RestartingJob(name, properties -> jobs.merge(MERGE_EVERY), children, directory::log, console));
    }

    private synchronized RestartingJob added(RestartingJob job) {
        all.add(job);
        return job;
    }

    void start() {
        ingest.start();
        merge.start();
    }

    /** Starts again what has ended. */
    void lookAfter() {
        all().forEach(RestartingJob::lookAfter);
    }

    synchronized List<RestartingJob> all() {
        return List.copyOf(all);
    }

    RestartingJob ingest() {
        return ingest;
    }

    RestartingJob merge() {
        return merge;
    }

    /** Starts each job a second time. */
    List<RestartingJob> startTwice() {
        started++;
        List<RestartingJob> second = List.of(ingest("ingest-" + (started + 1)), merge("merge-" + (started + 1)));
        second.forEach(RestartingJob::start);
        return second;
    }

    /** Ends one of each for good: the first ones, or the second ones. */
    void keepOne(List<RestartingJob> second, boolean keepFirst) {
        if (keepFirst) {
            second.forEach(RestartingJob::end);
        } else {
            ingest.end();
            merge.end();
            ingest = second.get(0);
            merge = second.get(1);
        }
    }

    /** With which exit codes each job ended by itself. */
    Map<String, List<Integer>> ownEnds() {
        Map<String, List<Integer>> ends = new TreeMap<>();
        all().stream().filter(job -> !job.ownEnds().isEmpty()).forEach(job -> ends.put(job.name(), job.ownEnds()));
        return ends;
    }
}
