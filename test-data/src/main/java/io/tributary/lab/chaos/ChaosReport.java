package io.tributary.lab.chaos;

import io.tributary.lab.chaos.RecoveryTimes.Recovery;
import io.tributary.lab.evaluate.Report;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a run with faults.
 *
 * @param run the verdict, as of every run
 * @param audit what the audit of all logs and tables said
 * @param recoveries in the order in which they were over
 * @param excused how often the reader's question failed because S3 was told to fail
 * @param faulted how many requests S3 spoilt
 * @param ownEnds with which exit codes each job ended by itself and was started again
 */
record ChaosReport(
        Schedule schedule,
        Report run,
        Audit audit,
        List<Recovery> recoveries,
        long excused,
        long faulted,
        Map<String, List<Integer>> ownEnds)
        implements Outcome {

    /** What the audit said. */
    enum Audit {
        BALANCED("balanced"),
        NOT_BALANCED("not balanced"),
        FAILED("failed");

        private final String words;

        Audit(String words) {
            this.words = words;
        }

        String describe() {
            return words;
        }

        /** @param exitCode of the audit */
        static Audit of(int exitCode) {
            return exitCode == 0 ? BALANCED : exitCode == 3 ? NOT_BALANCED : FAILED;
        }
    }

    ChaosReport {
        recoveries = List.copyOf(recoveries);
        ownEnds = Map.copyOf(ownEnds);
    }

    @Override
    public boolean isGood() {
        return run.isExact() && audit == Audit.BALANCED;
    }

    @Override
    public String text() {
        return ChaosReportText.of(this);
    }

    @Override
    public String json() {
        return ChaosReportJson.of(this);
    }
}
