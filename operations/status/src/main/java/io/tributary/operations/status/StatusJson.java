package io.tributary.operations.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A status for programs. Times are ISO 8601 in UTC, durations seconds, shares 0 to 1; what is not known is null. */
public final class StatusJson {

    private StatusJson() {}

    public static String of(PipelineStatus status) {
        return tree(status).toPrettyString() + "\n";
    }

    /** As a tree, to be put into another. */
    public static ObjectNode tree(PipelineStatus status) {
        Verdict verdict = Verdict.of(status);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("lake", status.lake());
        root.put("at", status.now().toString());
        root.put("sentence", verdict.sentence());
        root.put("next", verdict.next());
        root.put("must_act", verdict.mustAct());
        objective(root.putObject("objective"), status.objective());
        stream(root.putObject("stream"), status.stream());
        merge(root.putObject("merge"), status.merge());
        put(root, "maintenance_at", status.maintenance());
        root.putNull("audit");
        status.audit().ifPresent(audit -> root.putObject("audit")
                .put("at", audit.at().toString())
                .put("deep", audit.isDeep())
                .put("findings", audit.findings()));
        put(root, "rows_not_merged", status.backlog());
        root.put("rows_not_merged_is_lower_bound", status.isBacklogPartial());
        put(root, "staging_files", status.stagingFiles());
        put(root, "merged_files", status.mergedFiles());
        ObjectNode all = root.putObject("data_centers");
        status.dataCenters().forEach((name, report) -> dataCenter(all.putObject(name), report, status.now()));
        status.notes().forEach(root.putArray("notes")::add);
        return root;
    }

    private static void objective(ObjectNode json, ObjectiveReport report) {
        json.put("seconds", report.objective().within().toMillis() / 1000.0);
        json.put("share_wanted", report.objective().share());
        put(json, "share_last_hour", report.share());
        json.put("is_met", report.isMet().orElse(null));
        put(json, "since", report.since());
        json.put("since_is_upper_bound", report.isSinceOpen());
        put(json, "budget_left", report.budgetLeft());
    }

    private static void stream(ObjectNode json, StreamReport report) {
        json.put("running", report.running().name().toLowerCase(Locale.ROOT));
        put(json, "batch", report.batch());
        put(json, "committed_at", report.committed());
        putSeconds(json, "batch_seconds", report.took());
        putSeconds(json, "interval_seconds", report.interval());
        put(json, "last_sign_at", report.lastSign());
        json.put("data_centers_file_usable", report.isFileUsable().orElse(null));
    }

    private static void merge(ObjectNode json, MergeReport report) {
        put(json, "merge", report.merge());
        put(json, "committed_at", report.at());
        put(json, "rows", report.rows());
        put(json, "merge_watermark", report.watermark());
        putSeconds(json, "usual_interval_seconds", report.every());
        put(json, "next_at", report.next());
        json.put("is_overdue", report.isOverdue());
    }

    private static void dataCenter(ObjectNode json, DataCenterReport report, Instant now) {
        json.put("state", report.state().name());
        put(json, "since", report.since());
        put(json, "lag_records", report.lag());
        putSeconds(json, "lag_seconds", report.lagTime());
        putSeconds(json, "caught_up_in_seconds", report.caughtUpIn());
        put(json, "records_per_second", report.rate());
        putSeconds(json, "freshness_p50_seconds", report.median());
        putSeconds(json, "freshness_p99_seconds", report.p99());
        put(json, "late_share", report.late());
        put(json, "duplicate_share", report.duplicate());
        put(json, "erased_records", report.erased());
        put(json, "records_without_event", report.withoutEvent());
        put(json, "quarantined_share", report.quarantined());
        put(json, "cast_failures_per_record", report.castFailures());
        put(json, "retention_used_share", report.retentionUsed());
        putSeconds(json, "retention_left_seconds", report.retentionEnd().flatMap(end -> end.left(now)));
        json.put(
                "retention_ends_at",
                report.retentionEnd()
                        .map(end -> end.at().map(Instant::toString).orElse("never"))
                        .orElse(null));
        put(json, "valid_through", report.validThrough().staged());
        put(json, "merged_through", report.validThrough().merged());
        report.trouble().forEach(json.putArray("trouble")::add);
    }

    private static void put(ObjectNode json, String name, OptionalLong value) {
        json.put(name, value.isPresent() ? (Long) value.getAsLong() : null);
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        json.put(name, value.isPresent() ? (Double) value.getAsDouble() : null);
    }

    private static void put(ObjectNode json, String name, Optional<Instant> value) {
        json.put(name, value.map(Instant::toString).orElse(null));
    }

    private static void putSeconds(ObjectNode json, String name, Optional<Duration> value) {
        json.put(name, value.map(time -> time.toMillis() / 1000.0).orElse(null));
    }
}
