package io.tributary.operations.status;

import io.tributary.lake.status.AuditStatus;
import io.tributary.operations.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A status in one sentence.
 *
 * @param sentence the worst of it, or that all is well
 * @param next what to type next
 * @param mustAct whether an operator must act
 */
public record Verdict(String sentence, String next, boolean mustAct) {

    public static Verdict of(PipelineStatus status) {
        StreamReport stream = status.stream();
        Instant now = status.now();
        if (stream.running() == StreamReport.Running.DOWN) {
            return new Verdict(
                    "The streaming job does not run: no sign of it for "
                            + Words.duration(stream.lastSign().map(sign -> Duration.between(sign, now)))
                            + ", and "
                            + committed(stream, now)
                            + ". Events wait in Kafka as long as it keeps them.",
                    "tributary log --since 1d",
                    true);
        }
        List<String> troubled = named(status, DataCenterState::isTrouble);
        if (!troubled.isEmpty()) {
            String first = troubled.get(0);
            DataCenterReport report = status.dataCenters().get(first);
            return new Verdict(
                    String.join(", ", troubled)
                            + (troubled.size() == 1 ? " is " + report.state().words() : " are silent or stopped")
                            + report.since()
                                    .map(since -> " since " + Words.time(since, now) + " ("
                                            + Words.duration(Duration.between(since, now)) + ")")
                                    .orElse("")
                            + others(status, troubled),
                    "tributary dc explain " + first,
                    true);
        }
        List<String> halted = status.dataCenters().entrySet().stream()
                .filter(entry -> !entry.getValue().trouble().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!halted.isEmpty()) {
            return new Verdict(
                    "A part of " + String.join(", ", halted) + " is not read; all else goes on.",
                    "tributary dc explain " + halted.get(0),
                    true);
        }
        if (stream.isFileUsable().filter(isUsable -> !isUsable).isPresent()) {
            return new Verdict(status.notes().get(0), "scripts/data-centers check FILE", true);
        }
        if (status.merge().isOverdue()) {
            return new Verdict(status.notes().get(0), "tributary log --kind merge", true);
        }
        Optional<AuditStatus> unbalanced = status.audit().filter(audit -> audit.findings() > 0);
        if (unbalanced.isPresent()) {
            return new Verdict(
                    "The audit of " + Words.time(unbalanced.get().at(), now) + " has "
                            + Words.count(unbalanced.get().findings())
                            + " findings: the lake's numbers do not balance.",
                    "tributary audit",
                    true);
        }
        if (stream.running() == StreamReport.Running.UNKNOWN) {
            return new Verdict(
                    "Either the streaming job does not run or nothing arrives: " + committed(stream, now) + ".",
                    "tributary log --since 1d",
                    false);
        }
        return flowing(status);
    }

    private static Verdict flowing(PipelineStatus status) {
        List<String> parts = new ArrayList<>();
        List<String> behind = named(status, state -> state == DataCenterState.CATCHING_UP);
        List<String> paused = named(status, state -> state == DataCenterState.PAUSED);
        List<String> added = named(status, state -> state == DataCenterState.NEW);
        if (status.dataCenters().isEmpty()) {
            return new Verdict("No data center has been read yet.", "tributary log", false);
        }
        parts.add(
                behind.isEmpty()
                        ? added.isEmpty()
                                ? "All data centers that are to be read flow"
                                : "All others that are to be read flow"
                        : String.join(", ", behind) + (behind.size() == 1 ? " is" : " are")
                                + " catching up, the others flow");
        if (!paused.isEmpty()) {
            parts.add(String.join(", ", paused) + (paused.size() == 1 ? " is" : " are") + " paused");
        }
        if (!added.isEmpty()) {
            parts.add(String.join(", ", added) + (added.size() == 1 ? " was" : " were")
                    + " just added, and the next batch begins to read " + (added.size() == 1 ? "it" : "them"));
        }
        ObjectiveReport objective = status.objective();
        parts.add(objective
                .isMet()
                .map(isMet -> Words.percent(objective.share()) + " of the last hour's records were queryable within "
                        + Words.duration(objective.objective().within())
                        + (isMet ? "" : ", less than the objective asks"))
                .orElse("nothing came in during the last hour"));
        return new Verdict(String.join("; ", parts) + ".", "tributary log", false);
    }

    private static String committed(StreamReport stream, Instant now) {
        return stream.committed()
                .map(at -> "nothing was committed since " + Words.time(at, now) + " ("
                        + Words.duration(Duration.between(at, now)) + ")")
                .orElse("nothing was ever committed");
    }

    private static String others(PipelineStatus status, List<String> troubled) {
        List<String> others = status.dataCenters().entrySet().stream()
                .filter(entry ->
                        !troubled.contains(entry.getKey()) && entry.getValue().state() != DataCenterState.PAUSED)
                .map(Map.Entry::getKey)
                .toList();
        return others.isEmpty()
                ? "; no other is to be read."
                : "; the others go on: " + String.join(", ", others) + ".";
    }

    private static List<String> named(PipelineStatus status, Predicate<DataCenterState> test) {
        return status.dataCenters().entrySet().stream()
                .filter(entry -> test.test(entry.getValue().state()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
