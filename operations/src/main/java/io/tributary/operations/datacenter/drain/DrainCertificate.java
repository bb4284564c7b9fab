package io.tributary.operations.datacenter.drain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.audit.DataCenterBalance;
import io.tributary.audit.DataCenterBalance.Flow;
import io.tributary.offsets.TopicPartitionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a drained data center has delivered, and what became of it. Its text ends with the digest of the lines before.
 *
 * @param askedAt when the brokers told the goal
 * @param drainedAt when all of it was merged and audited
 */
public record DrainCertificate(
        String lake, DrainGoal goal, Instant askedAt, Instant drainedAt, DataCenterBalance account, EventTimes times) {

    private static final String UNKNOWN = "?";

    /** The text without its digest. */
    private String body() {
        List<String> lines = new ArrayList<>();
        lines.add("certificate: data center " + goal.dataCenter() + " is drained");
        lines.add("lake " + lake);
        lines.add("brokers asked " + askedAt + ", all of it merged and audited " + drainedAt);
        for (Map.Entry<TopicPartitionId, Flow> entry : account.partitions().entrySet()) {
            Flow flow = entry.getValue();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s-%d: offsets %,d to %,d %s; asked for up to %s",
                    entry.getKey().topic(),
                    entry.getKey().partition(),
                    flow.from(),
                    flow.until(),
                    continuity(flow),
                    goal.until()
                            .of(entry.getKey())
                            .map(DrainCertificate::number)
                            .orElse(UNKNOWN)));
        }
        Flow total = account.total();
        lines.add("read " + number(total.read()) + " = staged " + number(total.staged()) + " + duplicate "
                + number(total.duplicate()) + " + quarantined " + number(total.quarantined())
                + erased(total.erased())
                + (total.withoutEvent() == 0 ? "" : " + without event " + number(total.withoutEvent())));
        lines.add("staged " + number(account.staged())
                + (account.isWhole() ? " = merged " : ", of which the logs still tell: merged ")
                + number(account.merged()) + " + duplicates " + number(account.repeats()) + " + not merged "
                + number(account.waiting()) + erased(account.erased()));
        lines.add("balance " + account.imbalance());
        lines.add("first event " + time(times.first()) + ", last event " + time(times.last()));
        account.versions()
                .forEach(version -> lines.add(version.table() + " version " + version.last()
                        + (version.first() > 0 ? ", audited from version " + version.first() : "")));
        return String.join("\n", lines) + "\n";
    }

    private static String erased(long rows) {
        return rows == 0 ? "" : " + erased " + number(rows);
    }

    private static String continuity(Flow flow) {
        String gaps = flow.skipped() == 0 ? "" : ", " + number(flow.skipped()) + " skipped";
        return (flow.spans() <= 1 ? "without a gap" : "in " + flow.spans() + " spans") + gaps;
    }

    /** The whole text. */
    public String text() {
        return body() + "sha256 " + digest() + "\n";
    }

    /** SHA-256, in hexadecimal, of all lines before the one that says it, in UTF-8. */
    public String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("data_center", goal.dataCenter())
                .put("lake", lake)
                .put("asked_at", askedAt.toString())
                .put("drained_at", drainedAt.toString());
        root.set("drained_until", goal.until().toJson());
        ArrayNode partitions = root.putArray("partitions");
        account.partitions().forEach((partition, flow) -> partitions
                .addObject()
                .put("topic", partition.topic())
                .put("partition", partition.partition())
                .put("from", flow.from())
                .put("until", flow.until())
                .put("spans", flow.spans())
                .put("read", flow.read())
                .put("staged", flow.staged())
                .put("duplicate", flow.duplicate())
                .put("quarantined", flow.quarantined())
                .put("erased", flow.erased())
                .put("without_event", flow.withoutEvent())
                .put("skipped", flow.skipped()));
        Flow total = account.total();
        root.put("read", total.read())
                .put("staged", total.staged())
                .put("duplicate", total.duplicate())
                .put("quarantined", total.quarantined())
                .put("erased", total.erased())
                .put("without_event", total.withoutEvent())
                .put("merged", account.merged())
                .put("duplicates", account.repeats())
                .put("not_merged", account.waiting())
                .put("erased_before_merged", account.erased())
                .put("balance", account.imbalance());
        times.first().ifPresent(time -> root.put("first_event", time.toString()));
        times.last().ifPresent(time -> root.put("last_event", time.toString()));
        ArrayNode versions = root.putArray("versions");
        account.versions().forEach(version -> versions.addObject()
                .put("table", version.table())
                .put("first", version.first())
                .put("last", version.last()));
        root.put("text", text()).put("sha256", digest());
        return root.toPrettyString() + "\n";
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(UNKNOWN);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
