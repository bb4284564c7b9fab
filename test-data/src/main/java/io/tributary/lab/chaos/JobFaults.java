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

    private final FaultTargets targets;
    private final String checkpoints;
    private final FileSystem files;

    /**
     * @param checkpoints URI of the folder that checkpoints lie in
     * @param files reaches it past all faults
     */
    JobFaults(FaultTargets targets, String checkpoints, FileSystem files) {
        this.targets = targets;
        this.checkpoints = checkpoints;
        this.files = files;
    }

    void killIngest() {
        targets.drivers().ingest().kill();
    }

    void killMerge() {
        targets.drivers().merge().kill();
    }

    void killIngestBetweenCommits(Fault fault) {
        killBeforeCommit(
                fault,
                S3Rule.holdBefore(name(fault), STAGING).onceStored(QUARANTINE),
                targets.drivers().ingest());
    }

    void killMergeBeforeCommit(Fault fault) {
        killBeforeCommit(
                fault, S3Rule.holdBefore(name(fault), MERGED), targets.drivers().merge());
    }

    /** The commit of the dead never arrives, or long after, when another has taken its place. */
    private void killBeforeCommit(Fault fault, S3Rule rule, RestartingJob job) {
        String commit = held(rule);
        job.kill();
        if (fault.isFirstOfTwo()) {
            targets.s3().drop(rule);
            targets.say("killed before " + commit);
        } else {
            targets.say("killed before " + commit + ", which is still on its way");
            targets.pause(fault.lasts());
            targets.s3().letPass(rule);
            targets.say("the dead one's commit has arrived at S3");
        }
    }

    void killIngestAfterCommit(Fault fault) {
        S3Rule rule = S3Rule.holdAfter(name(fault), STAGING);
        String commit = held(rule);
        targets.drivers().ingest().kill();
        targets.s3().drop(rule);
        targets.say("killed after " + commit);
    }

    private String held(S3Rule rule) {
        return describe(targets.hold(rule));
    }

    private static String describe(String commit) {
        return commit.replaceFirst(".*/(events_[a-z]+)/_delta_log/0*(\\d+)\\.json", "version $2 of $1");
    }

    private static String name(Fault fault) {
        return fault.kind().word() + "-" + fault.round();
    }

    void runTwice(Fault fault) {
        List<RestartingJob> second = targets.drivers().startTwice();
        second.forEach(job -> awaitWord(job, AT_WORK));
        targets.say("both of each are at work");
        targets.pause(fault.lasts());
        targets.drivers().keepOne(second, fault.isFirstOfTwo());
        targets.say("the " + (fault.isFirstOfTwo() ? "first" : "second") + " of each goes on alone");
    }

    /** Others take over while both are paused, and work on when the paused ones wake; then one of each is killed. */
    void pauseDrivers(Fault fault) {
        List<RestartingJob> paused =
                List.of(targets.drivers().ingest(), targets.drivers().merge());
        paused.forEach(RestartingJob::freeze);
        targets.say("both are paused");
        List<RestartingJob> second = targets.drivers().startTwice();
        second.forEach(job -> awaitWord(job, AT_WORK));
        targets.say("others have taken over");
        targets.pause(fault.lasts());
        paused.forEach(job -> job.process().thaw());
        targets.say("the paused ones are awake");
        targets.pause(fault.lasts());
        targets.drivers().keepOne(second, fault.isFirstOfTwo());
        targets.say("the " + (fault.isFirstOfTwo() ? "paused" : "other") + " ones go on alone");
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
            targets.pause(LOOK_EVERY);
        }
    }

    void deleteCheckpoint(Fault fault) {
        RestartingJob ingest = targets.drivers().ingest();
        boolean whileRunning = fault.isFirstOfTwo();
        if (whileRunning) {
            delete();
            targets.say("deleted under the running job");
            ingest.kill();
        } else {
            ingest.end();
            delete();
            ingest.start();
        }
    }

    /** What waited for the lost checkpoint is handed out by the first batch of the next one, which dies. */
    void killFirstBatch(Fault fault) {
        RestartingJob ingest = targets.drivers().ingest();
        ingest.end();
        delete();
        S3Rule rule = S3Rule.holdAfter(name(fault), STAGING);
        targets.s3().add(rule);
        ingest.start();
        String commit = targets.awaitHeld(rule);
        ingest.kill();
        targets.s3().drop(rule);
        targets.say("killed after the first commit of a new checkpoint, " + describe(commit));
    }

    /** Half of the times only the newest file is spoilt, half of the times all of them. */
    void damageState(Fault fault) {
        RestartingJob ingest = targets.drivers().ingest();
        ingest.end();
        List<FileStatus> state = stateFiles();
        List<FileStatus> faulted = fault.isFirstOfTwo() ? state.subList(0, Math.min(1, state.size())) : state;
        for (FileStatus file : faulted) {
            try (OutputStream out = files.create(file.getPath(), true)) {
                out.write("faulted".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("The state's file " + file.getPath() + " cannot be faulted", e);
            }
        }
        ingest.start();
        targets.say(faulted.size() + " files of the state are faulted");
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
        RestartingJob ingest = targets.drivers().ingest();
        ingest.killAndRunWith(Map.of("tributary.clock.offset", BEHIND.negated().toString()));
        awaitWord(ingest, NOTICES_CLOCK);
        targets.say("notices that its clock is behind");
        targets.pause(fault.lasts());
        ingest.killAndRunWith(Map.of());
        targets.say("runs with the right clock again");
    }
}
