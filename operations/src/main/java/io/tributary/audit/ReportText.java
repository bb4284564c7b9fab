package io.tributary.audit;

import io.tributary.operations.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report for people. */
final class ReportText {

    private static final int MAX_RANGES = 100;

    private ReportText() {}

    static String of(String lake, AuditReport report) {
        List<String> blocks = new ArrayList<>();
        blocks.add("lake " + lake);
        blocks.add(tables(report));
        blocks.add(partitions(report));
        blocks.add(dataCenters(report));
        blocks.add("merges: " + report.merge() + ", merged up to " + TimeFormat.of(report.watermark()));
        irregularities(report).ifPresent(blocks::add);
        unread("skipped by an operator", report.unread().skipped()).ifPresent(blocks::add);
        unread("taken by retention before the first reading", report.unread().expired())
                .ifPresent(blocks::add);
        unread("deferred, still to be read", report.unread().pending()).ifPresent(blocks::add);
        if (!report.notes().isEmpty()) {
            blocks.add("notes:\n  " + String.join("\n  ", report.notes()));
        }
        blocks.add(findings(report));
        return String.join("\n\n", blocks) + "\n";
    }

    private static String tables(AuditReport report) {
        TextTable table = new TextTable(1, "table", "from version", "to version", "commits", "of the pipeline", "rows");
        report.tables()
                .forEach(span -> table.row(
                        span.table(), span.first(), span.last(), span.commits(), span.pipelineCommits(), span.rows()));
        return table.text();
    }

    private static String partitions(AuditReport report) {
        TextTable table = new TextTable(
                2,
                "data center",
                "topic",
                "partition",
                "from",
                "until",
                "batches",
                "read",
                "staged",
                "duplicate",
                "quarantined",
                "skipped",
                "pending");
        report.partitions()
                .forEach((id, totals) -> table.row(
                        id.dataCenter(),
                        id.topic(),
                        id.partition(),
                        totals.from(),
                        totals.until(),
                        totals.batches(),
                        totals.read(),
                        totals.staged(),
                        totals.duplicate(),
                        totals.quarantined(),
                        totals.skipped(),
                        totals.pending()));
        PartitionTotals total = report.total();
        table.row(
                "all",
                "",
                "",
                "",
                "",
                "",
                total.read(),
                total.staged(),
                total.duplicate(),
                total.quarantined(),
                total.skipped(),
                total.pending());
        return table.text();
    }

    private static String dataCenters(AuditReport report) {
        TextTable table = new TextTable(1, "data center", "staged", "merged", "duplicates", "pending");
        report.dataCenters()
                .forEach((name, totals) ->
                        table.row(name, totals.staged(), totals.merged(), totals.duplicates(), totals.pending()));
        DataCenterTotals total = report.merges();
        table.row("all", total.staged(), total.merged(), total.duplicates(), total.pending());
        return table.text();
    }

    /** What is accounted for and worth a look: values and records that are not as their producers meant them. */
    private static Optional<String> irregularities(AuditReport report) {
        TextTable table = new TextTable(2, "data center", "irregularity", "count");
        report.byDataCenter().forEach((name, totals) -> {
            if (totals.erased() > 0) {
                table.row(name, "records of erased events, in no table", totals.erased());
            }
            if (totals.withoutEvent() > 0) {
                table.row(name, "records without an event, passed over by a rule", totals.withoutEvent());
            }
            if (totals.castFailures() > 0) {
                table.row(name, "values that did not fit their column, now null", totals.castFailures());
            }
            if (totals.implausibleTimestamps() > 0) {
                table.row(name, "implausible Kafka timestamps, now null", totals.implausibleTimestamps());
            }
        });
        report.dataCenters().forEach((name, totals) -> {
            if (totals.erased() > 0) {
                table.row(name, "staged rows of erased events, not merged", totals.erased());
            }
            if (totals.removed() > 0) {
                table.row(name, "merged rows erased or dropped by a rule", totals.removed());
            }
        });
        report.reasons()
                .forEach((name, reasons) ->
                        reasons.forEach((reason, count) -> table.row(name, "quarantined: " + reason, count)));
        return table.isEmpty() ? Optional.empty() : Optional.of(table.text());
    }

    private static Optional<String> unread(String what, List<UnreadOffsets.Range> ranges) {
        if (ranges.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>(List.of(what + ":"));
        ranges.stream().limit(MAX_RANGES).forEach(range -> lines.add("  " + range.describe()));
        if (ranges.size() > MAX_RANGES) {
            lines.add("  and " + (ranges.size() - MAX_RANGES) + " more ranges");
        }
        return Optional.of(String.join("\n", lines));
    }

    private static String findings(AuditReport report) {
        if (report.isBalanced()) {
            return "balanced: every record read is accounted for"
                    + report.unread().describe();
        }
        List<String> lines = new ArrayList<>();
        long count = report.findings().size() + report.findingsBeyond();
        lines.add(count + (count == 1 ? " finding:" : " findings:"));
        for (Finding finding : report.findings()) {
            lines.add("  " + finding.where() + ": " + finding.kind().problem());
            lines.add("    expected  " + finding.expected());
            lines.add("    found     " + finding.found());
            lines.add("    action    " + finding.kind().remedy());
        }
        if (report.findingsBeyond() > 0) {
            lines.add("  and " + report.findingsBeyond() + " more");
        }
        return String.join("\n", lines);
    }
}
