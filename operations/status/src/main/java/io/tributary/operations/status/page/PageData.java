package io.tributary.operations.status.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.operations.history.HistoryEntry;
import io.tributary.operations.history.HistoryEntry.Kind;
import io.tributary.operations.status.DataCenterReport;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.operations.status.StatusJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that the page shows. However large the pipeline is, it is bounded: of many data centers those that do worst, of long
 * words the beginning.
 *
 * @param flows of the last hour, by data center
 * @param history newest first
 */
record PageData(
        PipelineStatus status,
        SortedMap<String, HourFlow> flows,
        Optional<RowCounts> counts,
        List<HistoryEntry> history) {

    static final int MAX_DATA_CENTERS = 40;

    private static final int MAX_FLOWS = 12;
    private static final int MAX_MERGES = 5;
    private static final int MAX_OTHERS = 10;
    private static final int MAX_TROUBLES = 5;
    private static final int MAX_CHARACTERS = 400;
    private static final Set<Kind> LEFT_OUT = Set.of(Kind.BATCH, Kind.MERGE, Kind.MAINTENANCE, Kind.OTHER);
    private static final int STALE_AFTER_MERGES = 3;
    private static final Duration MIN_STALE = Duration.ofMinutes(2);
    private static final Duration STALE = Duration.ofMinutes(15);

    /** For the page's script. The part {@code status} is that of {@code tributary status --json}. */
    ObjectNode json() {
        Set<String> shown = shown();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode tree = StatusJson.tree(status);
        ((ObjectNode) tree.get("data_centers")).retain(shown);
        tree.get("data_centers").forEach(PageData::shorten);
        root.set("status", tree);
        root.put("more_data_centers", status.dataCenters().size() - shown.size());
        root.put("stale_after_seconds", staleAfter().toSeconds());
        flows(root.putArray("flow"));
        counts(root, shown);
        history(root.putArray("history"));
        return root;
    }

    /** The names of the data centers that are shown, the worst first. */
    private Set<String> shown() {
        return status.dataCenters().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, DataCenterReport> entry) -> severity(entry.getValue()))
                        .thenComparing(entry -> -entry.getValue().lag().orElse(0))
                        .thenComparing(Map.Entry::getKey))
                .limit(MAX_DATA_CENTERS)
                .map(Map.Entry::getKey)
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static int severity(DataCenterReport report) {
        return report.state().isTrouble() ? 0 : report.trouble().isEmpty() ? 2 : 1;
    }

    private Duration staleAfter() {
        Duration usual = status.merge()
                .every()
                .map(every -> every.multipliedBy(STALE_AFTER_MERGES))
                .orElse(STALE);
        return usual.compareTo(MIN_STALE) < 0 ? MIN_STALE : usual;
    }

    private static void shorten(JsonNode dataCenter) {
        List<String> trouble = new ArrayList<>();
        dataCenter.get("trouble").forEach(words -> trouble.add(shortened(words.asText())));
        ArrayNode short_ = ((ObjectNode) dataCenter).putArray("trouble");
        trouble.stream().limit(MAX_TROUBLES).forEach(short_::add);
    }

    static String shortened(String words) {
        return words.length() <= MAX_CHARACTERS ? words : words.substring(0, MAX_CHARACTERS) + " …";
    }

    /** The data centers with the most records, and all others together. */
    private void flows(ArrayNode json) {
        List<Map.Entry<String, HourFlow>> byRead = flows.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().read()))
                .toList();
        boolean isMany = byRead.size() > MAX_FLOWS;
        Map<String, HourFlow> shown = new LinkedHashMap<>();
        byRead.stream()
                .limit(isMany ? MAX_FLOWS - 1 : MAX_FLOWS)
                .forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
        if (isMany) {
            List<HourFlow> others =
                    byRead.stream().skip(MAX_FLOWS - 1).map(Map.Entry::getValue).toList();
            shown.put(others.size() + " others", HourFlow.sum(others));
        }
        shown.forEach((name, flow) -> {
            ObjectNode one = json.addObject().put("data_center", name);
            rows(one, "on_time", flow.onTime());
            rows(one, "late", flow.late());
            rows(one, "staged", flow.staged());
            one.put("duplicate", flow.duplicate());
            one.put("quarantined", flow.quarantined());
        });
    }

    private static void rows(ObjectNode json, String kind, HourFlow.Rows rows) {
        json.put(kind, rows.all());
        json.put(kind + "_merged", rows.merged());
        json.put(kind + "_waiting", rows.waiting());
    }

    private void counts(ObjectNode root, Set<String> shown) {
        Optional<RowCounts> counted = counts.filter(found -> found.notCounted().isEmpty());
        root.put("counted_at", counted.map(found -> found.at().toString()).orElse(null));
        root.put("not_counted", counts.flatMap(RowCounts::notCounted).orElse(null));
        root.putNull("completeness");
        root.putNull("lateness");
        counted.ifPresent(found -> {
            ArrayNode hours = root.putArray("completeness");
            found.hours().stream()
                    .filter(hour -> shown.contains(hour.dataCenter()))
                    .forEach(hour -> hours.add(hour.json()));
            ArrayNode lateness = root.putArray("lateness");
            found.lateness().forEach(bucket -> lateness.add(bucket.json()));
        });
    }

    private void history(ArrayNode json) {
        Stream<HistoryEntry> merges =
                history.stream().filter(entry -> entry.kind() == Kind.MERGE).limit(MAX_MERGES);
        Stream<HistoryEntry> others = history.stream()
                .filter(entry -> !LEFT_OUT.contains(entry.kind()))
                .limit(MAX_OTHERS);
        Stream.concat(merges, others)
                .sorted(Comparator.comparing(HistoryEntry::at).reversed())
                .forEach(entry -> json.addObject()
                        .put("at", entry.at().toString())
                        .put("kind", entry.kind().word())
                        .put("data_center", entry.dataCenter().orElse(null))
                        .put("what", shortened(entry.words())));
    }
}
