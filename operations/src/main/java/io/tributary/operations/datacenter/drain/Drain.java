package io.tributary.operations.datacenter.drain;

import io.tributary.audit.DataCenterBalance;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.StagingLog;
import io.tributary.offsets.ReadProgress;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Waits until a data center is drained, by what the lake's logs say. It reads only, and may be stopped and begun again.
 *
 * <pre>
 *  goal ─► staging log: read, nothing pending ─► audit: nothing waits for a merge ─► no finding ─► account
 * </pre>
 */
public final class Drain {

    private static final Duration POLL = Duration.ofSeconds(5);

    private final Lake lake;
    private final Configuration hadoop;
    private final Clock clock;
    private final Pause pause;
    private final Consumer<String> progress;
    private String told = "";

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** @param progress takes a line whenever there is something new to say */
    public Drain(Lake lake, Configuration hadoop, Clock clock, Pause pause, Consumer<String> progress) {
        this.lake = lake;
        this.hadoop = hadoop;
        this.clock = clock;
        this.pause = pause;
        this.progress = progress;
    }

    /** How far every data center is read; nothing before the first batch. */
    public ReadProgress read() {
        return new StagingLog(new CommitLog(lake.staging(), hadoop))
                .newest()
                .map(BatchMetadata::readProgress)
                .orElse(ReadProgress.EMPTY);
    }

    /**
     * Waits.
     *
     * @throws OperatorActionException if it is not drained in time, or does not balance; it says what is missing
     */
    public DataCenterBalance await(DrainGoal goal, Duration timeout) throws InterruptedException {
        Instant end = clock.instant().plus(timeout);
        StagingLog staging = new StagingLog(new CommitLog(lake.staging(), hadoop));
        awaitZero(
                () -> goal.left(
                        staging.newest().map(BatchMetadata::readProgress).orElse(ReadProgress.EMPTY)),
                "%,d offsets are still to be read",
                goal,
                end);
        CommitLog merges = new CommitLog(lake.merged(), hadoop);
        long audited = -1;
        while (true) {
            long newest = merges.findNewest(MergeMetadata.class, merges.newestVersion())
                    .map(found -> found.metadata().merge())
                    .orElse(0L);
            if (newest != audited) {
                DataCenterBalance account = DataCenterBalance.of(lake, hadoop, goal.dataCenter());
                if (account.waiting() == 0) {
                    return audited(account);
                }
                tell(String.format(
                        Locale.ROOT, "all is read; %,d staged rows wait for the next merge", account.waiting()));
                audited = newest;
            }
            waitFor("its staged rows are not merged", "look whether the merge job runs", goal, end);
        }
    }

    private void awaitZero(Supplier<Long> left, String words, DrainGoal goal, Instant end) throws InterruptedException {
        for (long now = left.get(); now > 0; now = left.get()) {
            String line = String.format(Locale.ROOT, words, now);
            tell(line);
            waitFor(line, "look at tributary dc explain " + goal.dataCenter(), goal, end);
        }
    }

    private void waitFor(String missing, String remedy, DrainGoal goal, Instant end) throws InterruptedException {
        if (!clock.instant().isBefore(end)) {
            throw new OperatorActionException("Data center " + goal.dataCenter() + " is not drained: " + missing
                    + ". " + remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1)
                    + ", and repeat the command; it goes on from where it is.");
        }
        pause.sleep(POLL);
    }

    private void tell(String line) {
        if (!line.equals(told)) {
            progress.accept(line);
            told = line;
        }
    }

    private static DataCenterBalance audited(DataCenterBalance account) {
        if (!account.findings().isEmpty() || account.imbalance() != 0) {
            throw new OperatorActionException("Data center " + account.dataCenter()
                    + " is read and merged, and the audit does not balance, so nothing is certified: "
                    + String.join("; ", account.findings())
                    + ". Run tributary audit, which says what to do about each.");
        }
        return account;
    }
}
