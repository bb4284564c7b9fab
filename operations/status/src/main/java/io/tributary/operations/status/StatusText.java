package io.tributary.operations.status;

import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** A status for people: one screen, that ends in one sentence and what to type next. */
public final class StatusText {

    private static final int MAX_TROUBLE_CHARACTERS = 300;

    private StatusText() {}

    public static String of(PipelineStatus status) {
        Verdict verdict = Verdict.of(status);
        List<String> lines = new ArrayList<>();
        lines.add("lake " + status.lake() + "   " + Words.dateAndTime(status.now()) + " UTC");
        lines.add(objective(status.objective(), status.now()));
        lines.add(jobs(status));
        lines.add(storage(status));
        lines.add("");
        if (!status.dataCenters().isEmpty()) {
            lines.add(table(status));
            lines.add("");
        }
        lines.addAll(remarks(status));
        lines.add(verdict.sentence());
        lines.add("next: " + verdict.next());
        return String.join("\n", lines) + "\n";
    }

    private static String objective(ObjectiveReport report, Instant now) {
        Objective objective = report.objective();
        String words = "objective " + Words.duration(objective.within()) + " to query for "
                + Words.percent(OptionalDouble.of(objective.share())) + ": ";
        String met = report.isMet()
                .map(isMet -> (isMet ? "MET" : "MISSED")
                        + report.since()
                                .map(since -> (report.isSinceOpen() ? " at least since " : " since ")
                                        + Words.time(since, now))
                                .orElse("")
                        + ", " + Words.percent(report.share()) + " in the last hour")
                .orElse(Words.UNKNOWN + ", no records in the last hour");
        return words + met + "; budget of the month left "
                + (report.budgetLeft().isPresent() ? "about " : "") + Words.percent(report.budgetLeft());
    }

    private static String jobs(PipelineStatus status) {
        Instant now = status.now();
        StreamReport stream = status.stream();
        StringJoiner jobs = new StringJoiner("   ");
        String running = stream.running() == StreamReport.Running.UNKNOWN
                ? Words.UNKNOWN
                : stream.running().name().toLowerCase(Locale.ROOT);
        jobs.add("stream " + running + ", batch " + Words.count(stream.batch())
                + stream.committed().map(at -> " " + ago(at, now)).orElse("")
                + stream.took().map(took -> ", took " + Words.duration(took)).orElse("")
                + stream.interval().map(every -> " of " + Words.duration(every)).orElse(""));
        MergeReport merge = status.merge();
        jobs.add("merge " + Words.count(merge.merge())
                + merge.at().map(at -> " " + ago(at, now)).orElse("")
                + merge.next()
                        .map(next -> ", next " + (next.isAfter(now) ? "about " : "was due ") + Words.time(next, now))
                        .orElse(""));
        jobs.add("maintenance " + status.maintenance().map(at -> ago(at, now)).orElse(Words.UNKNOWN));
        jobs.add("audit "
                + status.audit()
                        .map(audit -> Words.duration(Duration.between(audit.at(), now)) + " ago, "
                                + (audit.findings() == 0 ? "balanced" : Words.count(audit.findings()) + " findings"))
                        .orElse(Words.UNKNOWN));
        return jobs.toString();
    }

    private static String storage(PipelineStatus status) {
        return "not merged " + (status.isBacklogPartial() ? "at least " : "") + Words.count(status.backlog())
                + " rows   files staging " + Words.count(status.stagingFiles()) + ", merged "
                + Words.count(status.mergedFiles());
    }

    private static String ago(Instant at, Instant now) {
        return Words.duration(Duration.between(at, now)) + " ago";
    }

    private static String table(PipelineStatus status) {
        TextTable table = new TextTable(
                2,
                "data center",
                "state",
                "lag",
                "lag time",
                "records/s",
                "fresh p50",
                "p99",
                "late",
                "dupl.",
                "quar.",
                "cast",
                "retention left",
                "valid through");
        status.dataCenters()
                .forEach((name, report) -> table.row(
                        name,
                        report.state().words(),
                        Words.count(report.lag()),
                        Words.duration(report.lagTime()),
                        report.rate().isPresent()
                                ? Words.count(Math.round(report.rate().getAsDouble()))
                                : Words.UNKNOWN,
                        Words.duration(report.median()),
                        Words.duration(report.p99()),
                        Words.percent(report.late()),
                        Words.percent(report.duplicate()),
                        Words.percent(report.quarantined()),
                        Words.percent(report.castFailures()),
                        retention(report, status.now()),
                        Words.time(report.validThrough().staged(), status.now())));
        return table.text();
    }

    private static String retention(DataCenterReport report, Instant now) {
        if (report.retentionEnd().isPresent()) {
            return report.retentionEnd().get().left(now).map(Words::duration).orElse("no limit");
        }
        return report.retentionUsed().isPresent()
                ? Words.percent(OptionalDouble.of(1 - report.retentionUsed().getAsDouble()))
                : Words.UNKNOWN;
    }

    private static List<String> remarks(PipelineStatus status) {
        List<String> remarks = new ArrayList<>();
        status.dataCenters().forEach((name, report) -> {
            report.caughtUpIn()
                    .ifPresent(time -> remarks.add(name + ": caught up in about " + Words.duration(time) + "."));
            if (report.erased().orElse(0) > 0) {
                remarks.add(name + ": " + Words.count(report.erased())
                        + " records of erased events were left out in the last hour.");
            }
            if (report.withoutEvent().orElse(0) > 0) {
                remarks.add(name + ": " + Words.count(report.withoutEvent())
                        + " records without an event were passed over in the last hour, as the configuration says.");
            }
            report.trouble().forEach(words -> remarks.add(name + ": " + shortened(words)));
        });
        remarks.addAll(status.notes());
        if (!remarks.isEmpty()) {
            remarks.add("");
        }
        return remarks;
    }

    private static String shortened(String words) {
        return words.length() <= MAX_TROUBLE_CHARACTERS ? words : words.substring(0, MAX_TROUBLE_CHARACTERS) + " …";
    }
}
