package io.tributary.lab.evaluate;

import io.tributary.lab.evaluate.Differences.Named;
import io.tributary.lab.truth.SentCounts;
import java.util.List;
import java.util.Locale;

/** A report as aligned lines of plain text. */
final class ReportText {

    private static final String LINE = "  %-26s%,14d%s%n";

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String of(Report report) {
        ReportText text = new ReportText();
        text.sent(report);
        text.shown(report);
        text.freshness(report);
        text.work(report.work());
        text.line("%n");
        text.dataCenters(report);
        text.examples(report.differences());
        text.troubles(report.troubles());
        text.line("%n  VERDICT: %s%n", report.verdict());
        return text.text.toString();
    }

    private void sent(Report report) {
        SentCounts sent = report.sent();
        number("sent", sent.all(), "   records");
        number("unique", sent.events(), "   different events");
        number("duplicates sent", sent.duplicates(), "");
        number("malformed sent", sent.malformed(), "");
        exempt("lost with their topic", report.exempt().lost(), "   not counted above");
        exempt("of those not read", report.exempt().unread(), "   not counted above: paused, removed or never added");
        exempt("erased", report.exempt().erased(), "   different events");
        exempt("erased in quarantine", report.exempt().rejectedErased(), "   malformed records");
    }

    private void shown(Report report) {
        line("%n");
        number("visible", report.visible(), "   rows of the view");
        number("quarantined", report.quarantined(), "");
        for (Named difference : report.differences().all()) {
            number(difference.name().replace('_', ' '), difference.findings().count(), "");
        }
    }

    private void freshness(Report report) {
        line("%n  %-26s%14s%10s%10s%10s%n", "freshness, seconds", "p50", "p95", "p99", "max");
        freshness("all events", report.freshness());
        freshness("those on time", report.freshnessOnTime());
    }

    private void freshness(String name, Freshness freshness) {
        line(
                "  %-26s%14s%10s%10s%10s%n",
                name,
                seconds(freshness, freshness.p50()),
                seconds(freshness, freshness.p95()),
                seconds(freshness, freshness.p99()),
                seconds(freshness, freshness.max()));
    }

    private void work(LakeWork work) {
        line("%n");
        number("merges", work.merges(), "");
        number("files before", work.filesBefore(), "   written by the stream");
        number("files after", work.filesAfter(), "   in the merged table");
        number("polls", work.polls(), "   of the view while it ran");
        number("memory, MB", work.residentMegabytes(), "   resident peaks of all processes together");
    }

    private void dataCenters(Report report) {
        row(
                "data center",
                "sent",
                "read",
                "staged",
                "duplicates",
                "quarantined",
                "merged",
                "merge dupl.",
                "p50 s",
                "p99 s");
        for (DataCenterReport one : report.dataCenters()) {
            ProcessedCounts processed = one.processed();
            row(
                    one.name(),
                    grouped(one.sent().all()),
                    grouped(processed.read()),
                    grouped(processed.staged()),
                    grouped(processed.duplicates()),
                    grouped(processed.quarantined()),
                    grouped(processed.merged()),
                    grouped(processed.mergeDuplicates()),
                    seconds(one.freshness(), one.freshness().p50()),
                    seconds(one.freshness(), one.freshness().p99()));
        }
    }

    private void row(String name, String... numbers) {
        line("  %-14s", name);
        for (String number : numbers) {
            line("%12s", number);
        }
        line("%n");
    }

    private void troubles(List<String> troubles) {
        troubles.forEach(trouble -> line("%n  TROUBLE: %s%n", trouble));
    }

    private void examples(Differences differences) {
        for (Named difference : differences.all()) {
            if (difference.findings().count() > 0) {
                line("%n  %s, for example:%n", difference.name().replace('_', ' '));
                difference.findings().examples().forEach(example -> line("    %s%n", example));
            }
        }
    }

    private void exempt(String name, long value, String unit) {
        if (value > 0) {
            number(name, value, unit);
        }
    }

    private void number(String name, long value, String unit) {
        line(LINE, name, value, unit);
    }

    private static String seconds(Freshness freshness, long millis) {
        return freshness.events() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", millis / 1_000.0);
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
