package io.tributary.operations.datacenter.explain;

import io.tributary.config.DataCenter;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.ingest.plan.AcceptedDataLoss;
import io.tributary.ingest.plan.BatchPlanner;
import io.tributary.ingest.plan.Halt;
import io.tributary.ingest.plan.ReadQuota;
import io.tributary.lake.status.RecordedChange;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.operations.datacenter.ClusterAnswer;
import io.tributary.operations.datacenter.check.CheckResult;
import io.tributary.operations.datacenter.check.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a data center, and what follows from it. The first cause that holds is the one that is told, since it
 * explains those after it.
 *
 * @param change its last recorded change
 * @param told what the stream last said of it, a sentence each
 * @param answer of its brokers, now
 * @param results of a check, now
 */
record Diagnosis(
        DataCenter center,
        Instant now,
        Optional<RecordedChange> change,
        RecentBatches batches,
        List<String> told,
        ClusterAnswer answer,
        List<CheckResult> results) {

    private static final ReadQuota ALL = new ReadQuota(Long.MAX_VALUE);
    private static final String HALTED = "halted: ";
    /** The key by which an operator accepts that most records are rejected. */
    private static final String TRIP = "accept_rejects";

    private static final Duration STREAM_SILENT = Duration.ofMinutes(5);
    private static final String NOTHING_SKIPPED =
            "its offsets are kept, and what is in Kafka stays there until retention deletes it; nothing is skipped";

    Explanation explanation() {
        if (!center.isReadAt(now)) {
            return paused();
        }
        if (answer.bounds().isEmpty()) {
            return silent();
        }
        OffsetBounds bounds = answer.bounds().get();
        List<Halt> halts =
                new ArrayList<>(BatchPlanner.plan(center.name(), progress(), bounds, ALL, AcceptedDataLoss.of(center))
                        .halts());
        if (!halts.isEmpty()) {
            return wrong(
                    "is halted in part: " + halts.get(0).describe(),
                    halts.stream().map(Halt::describe).toList(),
                    "decide as the line says; docs/operations.md tells what each decision means");
        }
        Optional<String> trip = told.stream()
                .filter(sentence -> sentence.startsWith(HALTED) && sentence.contains(TRIP))
                .findFirst();
        if (trip.isPresent()) {
            return wrong(
                            "is halted: " + trip.get().substring(HALTED.length()),
                            told,
                            "mend the producers or the configuration, then resume it; docs/operating.md tells of the"
                                    + " breaker")
                    .toward("tributary dc resume " + center.name());
        }
        if (!bounds.unavailable().isEmpty()) {
            Unavailable first = bounds.unavailable().get(0);
            return wrong(
                    "is not read in part: " + first.place() + ": " + first.cause(),
                    bounds.unavailable().stream().map(Unavailable::describe).toList(),
                    first.remedy());
        }
        long lag = lag(bounds);
        if (lag > 0 && isStreamSilent()) {
            return streamSilent(lag);
        }
        long pending = pending();
        if (pending > 0 && batches.deferrals() > 0) {
            return wrong(
                    String.format(Locale.ROOT, "answers, and %,d of its offsets could not be read so far", pending),
                    batches.errors(),
                    batches.errors().isEmpty()
                            ? "look at its network: the ranges took longer than a batch may"
                            : "do what they say; if they name a broker, look at the one that leads the partition, and if they name"
                                    + " the schema registry, let it answer or correct registry in the entry");
        }
        Optional<CheckResult> refused = results.stream()
                .filter(result -> result.isFailure()
                        || (result.about().equals("records")
                                && result.level() == CheckResult.Level.WARN
                                && !result.remedy().isEmpty()))
                .findFirst();
        if (refused.isPresent()) {
            return wrong(found(refused.get()), seen(), refused.get().remedy());
        }
        return fine(lag);
    }

    private static String found(CheckResult result) {
        return result.about().equals("records")
                ? "sends what is no event: " + result.words()
                : "does not pass the check of its " + result.about() + ": " + result.words();
    }

    private ReadProgress progress() {
        return batches.progress();
    }

    private Explanation paused() {
        String until = center.isEverRead() ? " until " + center.pausedUntil() : "";
        String who = change.map(one -> ", by " + one.by() + (one.because().isEmpty() ? "" : ": " + one.because()))
                .orElse("");
        return new Explanation(
                center.name(),
                false,
                "is paused" + until + who,
                change.map(one -> one.at().toString()).orElse("?"),
                "nobody; all others are read",
                NOTHING_SKIPPED,
                center.isEverRead() ? "nothing; it is read again by itself" : "resume it when the reason is gone",
                seen(),
                "tributary dc resume " + center.name());
    }

    private Explanation silent() {
        Optional<CheckResult> failed =
                results.stream().filter(CheckResult::isFailure).findFirst();
        return wrong(
                "does not answer: " + failed.map(CheckResult::words).orElse(answer.cause()),
                seen(),
                failed.map(CheckResult::remedy)
                        .filter(words -> !words.isEmpty())
                        .orElse("look after its brokers and the network between"));
    }

    private Explanation streamSilent(long lag) {
        return new Explanation(
                center.name(),
                true,
                String.format(
                        Locale.ROOT,
                        "answers, and %,d of its records wait, because no batch of any data center is written",
                        lag),
                batches.newest()
                        .map(time -> time + ", the last batch (" + age(time) + " ago)")
                        .orElse("the beginning; the lake has no batch"),
                "everybody: the stream itself does not run, or writes nothing",
                NOTHING_SKIPPED,
                "start the streaming job, or read its log",
                seen(),
                "tributary status");
    }

    private Explanation wrong(String what, List<String> evidence, String remedy) {
        return new Explanation(
                center.name(),
                true,
                what,
                since(),
                batches.others().isEmpty()
                        ? (batches.since() == 0 ? "nobody" : "? (no other data center was read since then either)")
                        : "nobody; read meanwhile: " + String.join(", ", batches.others()),
                NOTHING_SKIPPED,
                remedy,
                evidence,
                "tributary dc check " + center.name());
    }

    private Explanation fine(long lag) {
        return new Explanation(
                center.name(),
                false,
                lag == 0
                        ? "is fine: everything that it has is read"
                        : batches.lastRead().isEmpty()
                                ? unread(lag)
                                : String.format(Locale.ROOT, "is fine: it is read, and %,d records wait now", lag),
                since(),
                "nobody",
                NOTHING_SKIPPED,
                "nothing",
                seen(),
                "tributary dc list");
    }

    private static String unread(long lag) {
        return String.format(
                Locale.ROOT,
                "is fine, and nothing of it was read lately: %,d records wait for the next batch; one that was just added is"
                        + " read from the next trigger on",
                lag);
    }

    private String since() {
        return batches.lastRead()
                .map(time -> time + ", the last batch with records of it (" + age(time) + " ago, " + batches.since()
                        + " batches since)")
                .orElse("?; none of the newest batches has records of it");
    }

    private List<String> seen() {
        return results.stream()
                .filter(result -> result.level() != CheckResult.Level.OK)
                .map(result -> result.about() + ": " + result.words())
                .toList();
    }

    private boolean isStreamSilent() {
        return batches.newest()
                .map(time -> time.plus(STREAM_SILENT).isBefore(now))
                .orElse(true);
    }

    private long lag(OffsetBounds bounds) {
        return pending()
                + bounds.end().offsets().entrySet().stream()
                        .mapToLong(end -> Math.max(
                                0,
                                end.getValue()
                                        - progress()
                                                .positions()
                                                .of(end.getKey())
                                                .or(() -> bounds.start().of(end.getKey()))
                                                .orElse(end.getValue())))
                        .sum();
    }

    private long pending() {
        return progress().pending().stream()
                .filter(range -> range.partition().dataCenter().equals(center.name()))
                .mapToLong(OffsetRange::offsets)
                .sum();
    }

    private String age(Instant time) {
        return Times.words(Duration.between(time, now));
    }
}
