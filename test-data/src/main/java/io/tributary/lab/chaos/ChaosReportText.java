package io.tributary.lab.chaos;

import io.tributary.lab.chaos.RecoveryTimes.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report as aligned lines of plain text: the run's, then the faults. */
final class ChaosReportText {

    private final StringBuilder text = new StringBuilder();

    private ChaosReportText() {}

    static String of(ChaosReport report) {
        ChaosReportText text = new ChaosReportText();
        text.text.append(report.run().text());
        text.line("%n  %-32s%8s%14s%14s%n", "fault", "times", "recovered in", "at most");
        report.schedule().byKind().forEach((kind, times) -> text.kind(kind, times, report.recoveries()));
        text.line("%n  %-26s%,14d   of the reader, because S3 was told to fail%n", "polls lost", report.excused());
        text.line("  %-26s%,14d   by S3, as it was told%n", "requests faulted", report.faulted());
        report.ownEnds()
                .forEach((job, codes) ->
                        text.line("  %-26s%14d   exit codes %s%n", job + " ended", codes.size(), codes));
        text.line(
                "%n  VERDICT: %s, audit %s%n",
                report.run().verdict(), report.audit().describe());
        return text.text.toString();
    }

    private void kind(FaultKind kind, int times, List<Recovery> recoveries) {
        List<Duration> own = recoveries.stream()
                .filter(recovery -> recovery.fault().kind() == kind)
                .map(Recovery::time)
                .sorted()
                .toList();
        line(
                "  %-32s%8d%14s%14s%n",
                kind.word(),
                times,
                own.isEmpty() ? "-" : seconds(own.get((own.size() - 1) / 2)),
                own.isEmpty() ? "-" : seconds(own.get(own.size() - 1)));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
