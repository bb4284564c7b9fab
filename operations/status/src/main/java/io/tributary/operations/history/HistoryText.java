package io.tributary.operations.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import java.util.List;

/** What happened, as a table for people and as JSON for programs. */
public final class HistoryText {

    private static final int WORD_COLUMNS = 5;

    private HistoryText() {}

    /** A table, in the order given. */
    public static String of(List<HistoryEntry> happenings) {
        TextTable table = new TextTable(WORD_COLUMNS, "time (UTC)", "kind", "data center", "commit", "what");
        happenings.forEach(happening -> table.row(
                Words.dateAndTime(happening.at()),
                happening.kind().word(),
                happening.dataCenter().orElse("-"),
                happening.table(),
                happening.words()));
        return table.text() + "\n";
    }

    /** An array of objects, in the order given. */
    public static String json(List<HistoryEntry> happenings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        happenings.forEach(happening -> array.addObject()
                .put("at", happening.at().toString())
                .put("kind", happening.kind().word())
                .put("data_center", happening.dataCenter().orElse(null))
                .put("commit", happening.table())
                .put("what", happening.words()));
        return array.toPrettyString() + "\n";
    }
}
