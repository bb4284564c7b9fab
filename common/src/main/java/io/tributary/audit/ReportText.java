package io.tributary.audit;

import java.util.ArrayList;
import java.util.List;

/** A report for people. */
final class ReportText {

    private ReportText() {}

    static String of(String lake, AuditReport report) {
        List<String> blocks = new ArrayList<>();
        blocks.add("lake " + lake);
        blocks.add(tables(report));
        blocks.add(partitions(report));
        blocks.add(dataCenters(report));
        blocks.add("merges: " + report.merge() + ", merged up to " + Times.of(report.cursor()));
        if (!report.notes().isEmpty()) {
            blocks.add("notes:\n  " + String.join("\n  ", report.notes()));
        }
        blocks.add(findings(report));
        return String.join("\n\n", blocks) + "\n";
    }

    private static String tables(AuditReport report) {
        TextTable table = new TextTable(1, "table", "from version", "to version", "commits", "accounts", "rows");
        report.tables()
                .forEach(span -> table.row(
                        span.table(), span.first(), span.last(), span.commits(), span.accounts(), span.rows()));
        return table.text();
    }

    private static String partitions(AuditReport report) {
        TextTable table = new TextTable(
                2,
                "data centre",
                "topic",
                "partition",
                "from",
                "until",
                "batches",
                "read",
                "staged",
                "duplicate",
                "quarantined");
        report.partitions()
                .forEach((id, flow) -> table.row(
                        id.dataCenter(),
                        id.topic(),
                        id.partition(),
                        flow.from(),
                        flow.until(),
                        flow.batches(),
                        flow.read(),
                        flow.staged(),
                        flow.duplicate(),
                        flow.quarantined()));
        PartitionFlow total = report.total();
        table.row("all", "", "", "", "", "", total.read(), total.staged(), total.duplicate(), total.quarantined());
        return table.text();
    }

    private static String dataCenters(AuditReport report) {
        TextTable table = new TextTable(1, "data centre", "staged", "merged", "repeats", "waiting");
        report.dataCenters()
                .forEach((name, flow) -> table.row(name, flow.staged(), flow.merged(), flow.repeats(), flow.waiting()));
        DataCenterFlow total = report.merges();
        table.row("all", total.staged(), total.merged(), total.repeats(), total.waiting());
        return table.text();
    }

    private static String findings(AuditReport report) {
        if (report.isBalanced()) {
            return "balanced: every record read is accounted for";
        }
        List<String> lines = new ArrayList<>();
        long count = report.findings().size() + report.findingsBeyond();
        lines.add(count + (count == 1 ? " finding:" : " findings:"));
        for (Finding finding : report.findings()) {
            lines.add("  " + finding.where() + ": " + finding.kind().problem());
            lines.add("    expected  " + finding.expected());
            lines.add("    found     " + finding.found());
            lines.add("    do        " + finding.kind().remedy());
        }
        if (report.findingsBeyond() > 0) {
            lines.add("  and " + report.findingsBeyond() + " more");
        }
        return String.join("\n", lines);
    }
}
