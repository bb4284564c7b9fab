package io.tributary.operations.datacenter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.lake.status.RecordedChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data centers of the file, each with its last recorded change. */
public record DataCenterList(List<Row> rows) {

    /**
     * A data center.
     *
     * @param last its last recorded change; empty if nobody recorded one
     */
    record Row(DataCenter center, boolean isRead, Optional<RecordedChange> last) {

        String state() {
            if (center.state() == DataCenter.State.ACTIVE) {
                return "active";
            }
            if (isRead) {
                return "active since " + center.pausedUntil();
            }
            return center.isEverRead() ? "paused until " + center.pausedUntil() : "paused";
        }
    }

    public DataCenterList {
        rows = List.copyOf(rows);
    }

    /** @param history oldest first */
    public static DataCenterList of(DataCenters inForce, List<RecordedChange> history, Instant now) {
        List<Row> rows = new ArrayList<>();
        for (DataCenter center : inForce.all()) {
            Optional<RecordedChange> last = history.stream()
                    .filter(change -> change.dataCenter().equals(center.name()))
                    .reduce((first, second) -> second);
            rows.add(new Row(center, center.isReadAt(now), last));
        }
        return new DataCenterList(rows);
    }

    public String text() {
        TextColumns table =
                new TextColumns("data center", "state", "brokers", "topics", "last change", "by", "because");
        for (Row row : rows) {
            table.row(
                    row.center().name(),
                    row.state(),
                    row.center().bootstrapServers(),
                    String.join(",", row.center().topics()),
                    row.last()
                            .map(change -> change.action().command() + " "
                                    + change.at().truncatedTo(ChronoUnit.SECONDS))
                            .orElse("?"),
                    row.last().map(RecordedChange::by).orElse("?"),
                    row.last()
                            .map(RecordedChange::because)
                            .filter(why -> !why.isEmpty())
                            .orElse("?"));
        }
        String next = rows.stream()
                .filter(row -> !row.isRead())
                .findFirst()
                .map(row -> "tributary dc resume " + row.center().name())
                .orElse(
                        rows.isEmpty()
                                ? "tributary dc add NAME --brokers HOST:PORT --topics TOPIC"
                                : "tributary dc check " + rows.get(0).center().name());
        return table.text() + "next: " + next + "\n";
    }

    public String json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Row row : rows) {
            ObjectNode one = all.addObject();
            one.put("data_center", row.center().name());
            one.put("state", row.center().state().name().toLowerCase(java.util.Locale.ROOT));
            one.put("read", row.isRead());
            if (row.center().state() == DataCenter.State.PAUSED && row.center().isEverRead()) {
                one.put("paused_until", row.center().pausedUntil().toString());
            }
            one.put("bootstrap_servers", row.center().bootstrapServers());
            row.center().topics().forEach(one.putArray("topics")::add);
            one.put("start", row.center().start().describe());
            row.last().ifPresent(change -> one.putObject("last_change")
                    .put("at", change.at().toString())
                    .put("by", change.by())
                    .put("action", change.action().command())
                    .put("because", change.because()));
        }
        return all.toPrettyString() + "\n";
    }
}
