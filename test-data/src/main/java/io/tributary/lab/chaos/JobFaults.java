package io.tributary.lab.chaos;

import io.tributary.lab.s3.S3Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Faults of the jobs' own processes. Where in its work a job is killed is seen at S3. */
final class JobFaults {

    private static final String COMMIT = "/_delta_log/\\d{20}\\.json";
    private static final String STAGING = ".*/events_staging" + COMMIT;
    private static final String QUARANTINE = ".*/events_quarantine" + COMMIT;
    private static final String MERGED = ".*/events_merged" + COMMIT;
    private static final Pattern STATE = Pattern.compile(".*/state/\\d+/\\d+/.*\\.(changelog|zip|delta|snapshot)");
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** The first words of either job once it has begun. */
    private static final Pattern AT_WORK = Pattern.compile("ingest\\[|merge: ");

    private static final Pattern NOTICES_CLOCK = Pattern.compile("clock is PT\\S+ behind");

    private static final Duration BEHIND = Duration.ofMinutes(10);

    private final FaultTargets site;
    private final String checkpoints;
    private final FileSystem files;

    /**
     * @param checkpoints URI of the folder that checkpoints lie in
     * @param files reaches it past all faults
     */
    JobFaults(FaultTargets site, String checkpoints, FileSystem files) {
        this.site = site;
        this.checkpoints = checkpoints;
        this.files = files;
    }

    void killIngest() {
        site.drivers().ingest().kill();
    }

    void killMerge() {
        site.drivers().merge().kill();
    }

    void killIngestBetweenCommits(Fault fault) {
        killBeforeCommit(
                fault,
                S3Rule.holdBefore(name(fault), STAGING).onceStored(QUARANTINE),
                site.drivers().ingest());
    }

    void killMergeBeforeCommit(Fault fault) {
        killBeforeCommit(
                fault, S3Rule.holdBefore(name(fault), MERGED), site.drivers().merge());
    }

    /** The commit of the dead never arrives, or long after, when another has taken its place. */
    private void killBeforeCommit(Fault fault, S3Rule rule, RestartingJob job) {
        String commit = held(rule);
        job.kill();
        if (fault.isFirstOfTwo()) {
            site.s3().drop(rule);
            site.say("killed before " + commit);
        } else {
            site.say("killed before " + commit + ", which is still on its way");
            site.pause(fault.lasts());
            site.s3().letPass(rule);
            site.say("the dead one's commit has arrived at S3");
        }
    }

    void killIngestAfterCommit(Fault fault) {
        S3Rule rule = S3Rule.holdAfter(name(fault), STAGING);
        String commit = held(rule);
        site.drivers().ingest().kill();
        site.s3().drop(rule);
        site.say("killed after " + commit);
    }

    private String held(S3Rule rule) {
        return describe(site.hold(rule));
    }

    private static String describe(String commit) {
        return commit.replaceFirst(".*/(events_[a-z]+)/_delta_log/0*(\\d+)\\.json", "version $2 of $1");
    }

    private static String name(Fault fault) {
        return fault.kind().word() + "-" + fault.round();
    }

    void runTwice(Fault fault) {
        List<RestartingJob> second = site.drivers().startTwice();
        second.forEach(job -> awaitWord(job, AT_WORK));
        site.say("both of each are at work");
        site.pause(fault.lasts());
        site.drivers().keepOne(second, fault.isFirstOfTwo());
        site.say("the " + (fault.isFirstOfTwo() ? "first" : "second") + " of each goes on alone");
    }

    /** Waits until a job that was just started says something. */
    private void awaitWord(RestartingJob job, Pattern word) {
        long end = System.nanoTime() + FaultTargets.HAPPENS_WITHIN.toNanos();
        while (!word.matcher(job.process().logTail()).find()) {
            if (System.nanoTime() > end) {
                throw job.process()
                        .failure("did not say \"" + word + "\" within " + FaultTargets.HAPPENS_WITHIN.toSeconds()
                                + " s");
            }
            site.pause(LOOK_EVERY);
        }
    }

    void deleteCheckpoint(Fault fault) {
        RestartingJob ingest = site.drivers().ingest();
        boolean whileRunning = fault.isFirstOfTwo();
        if (whileRunning) {
            delete();
            site.say("deleted under the running job");
            ingest.kill();
        } else {
            ingest.end();
            delete();
            ingest.start();
        }
    }

    /** What waited for the lost checkpoint is handed out by the first batch of the next one, which dies. */
    void killFirstBatch(Fault fault) {
        RestartingJob ingest = site.drivers().ingest();
        ingest.end();
        delete();
        S3Rule rule = S3Rule.holdAfter(name(fault), STAGING);
        site.s3().add(rule);
        ingest.start();
        String commit = site.awaitHeld(rule);
        ingest.kill();
        site.s3().drop(rule);
        site.say("killed after the first commit of a new checkpoint, " + describe(commit));
    }

    /** Half of the times only the newest file is spoilt, half of the times all of them. */
    void damageState(Fault fault) {
        RestartingJob ingest = site.drivers().ingest();
        ingest.end();
        List<FileStatus> state = stateFiles();
        List<FileStatus> spoilt = fault.isFirstOfTwo() ? state.subList(0, Math.min(1, state.size())) : state;
        for (FileStatus file : spoilt) {
            try (OutputStream out = files.create(file.getPath(), true)) {
                out.write("spoilt".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("The state's file " + file.getPath() + " cannot be spoilt", e);
            }
        }
        ingest.start();
        site.say(spoilt.size() + " files of the state are spoilt");
    }

    /** The newest first. */
    private List<FileStatus> stateFiles() {
        List<FileStatus> state = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(checkpoints), true);
            while (all.hasNext()) {
                FileStatus file = all.next();
                if (STATE.matcher(file.getPath().toString()).matches()) {
                    state.add(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints " + checkpoints + " cannot be listed", e);
        }
        state.sort(Comparator.comparingLong(FileStatus::getModificationTime).reversed());
        return state;
    }

    private void delete() {
        try {
            files.delete(new Path(checkpoints), true);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints " + checkpoints + " cannot be deleted", e);
        }
    }

    void setClockBack(Fault fault) {
        RestartingJob ingest = site.drivers().ingest();
        ingest.killAndRunWith(Map.of("tributary.clock.offset", BEHIND.negated().toString()));
        awaitWord(ingest, NOTICES_CLOCK);
        site.say("notices that its clock is behind");
        site.pause(fault.lasts());
        ingest.killAndRunWith(Map.of());
        site.say("runs with the right clock again");
    }
}
