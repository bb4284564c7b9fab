package io.tributary.audit;

import io.tributary.config.TablesConfig;
import io.tributary.lake.commit.BatchMetadata;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Folds the commits of a lake's three tables into a report, in one pass and in memory that does not grow with them.
 *
 * <pre>
 *  staging     1 ── 2 ── 3 ── 4 ── 5 ── 6     each batch continues the one before and holds the rows it counts
 *              ▲         ▲         ▲
 *  quarantine  1         3         5          what a batch rejected was written, once
 *
 *  merged      └─ 1 ─────┘ └─ 2 ───┘  waiting  each merge took what is staged between two merge watermarks
 * </pre>
 */
final class Audit {

    private final TablesConfig names;

    Audit(TablesConfig names) {
        this.names = names;
    }

    /**
     * Reads the three logs to their ends.
     *
     * @param merged must have been looked up before {@code staging}, and that before {@code quarantine}, where jobs go
     *     on writing: what is merged is staged before, and what is staged is quarantined before
     */
    AuditReport of(Iterator<LogEntry> staging, Iterator<LogEntry> quarantine, Iterator<LogEntry> merged) {
        FindingCollector findings = new FindingCollector();
        StagingAuditor batches = new StagingAuditor(names.staging(), staging, findings);
        QuarantineAuditor refusals = new QuarantineAuditor(names.quarantine(), quarantine, findings);
        MergeAuditor merges = new MergeAuditor(names.merged(), merged, findings);
        Optional<CommitWalker.Step<BatchMetadata>> batch = batches.next();
        batch.map(CommitWalker.Step::metadata)
                .filter(first -> !batches.isComplete())
                .ifPresent(first -> {
                    refusals.startAt(first);
                    merges.startAt(first);
                });
        while (batch.isPresent()) {
            refusals.staged(batch.get().version(), batch.get().metadata());
            merges.staged(batch.get().version(), batch.get().metadata());
            batch = batches.next();
        }
        refusals.finish();
        merges.finish();
        batches.requireMergedBeforeDropped(merges.watermark());
        AuditReport report = new AuditReport(
                List.of(batches.span(), refusals.span(), merges.span()),
                batches.flows(),
                merges.flows(),
                merges.merge(),
                merges.watermark(),
                batches.stagedFrom(),
                merges.lifetime(),
                batches.unread(),
                new TreeMap<>(),
                Removals.of(batches.removals(), refusals.removals(), merges.removals()),
                findings.kept(),
                findings.beyond(),
                findings.notes());
        return report.plus(expiries(report));
    }

    private static AuditReport expiries(AuditReport report) {
        FindingCollector findings = new FindingCollector();
        for (VersionRange span : report.tables()) {
            if (span.first() > 0) {
                findings.note(
                        span.table() + " is audited from version " + span.first() + "; earlier commits have expired.");
            }
        }
        if (report.stagedFrom() > 0) {
            findings.note("Rows that arrived before " + TimeFormat.of(report.stagedFrom())
                    + " are merged and have left the staging table, as its retention says.");
        }
        return AuditReport.of(findings);
    }
}
