package io.tributary.lake.fill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far a fill has come.
 *
 * @param version of the merged table up to which it is known what others did to the dates that are filled
 * @param filled the event dates whose rows are filled
 * @param rows how many were written anew
 */
public record FillProgress(long version, SortedSet<LocalDate> filled, long rows) {

    public FillProgress {
        filled = Collections.unmodifiableSortedSet(new TreeSet<>(filled));
    }

    /** Nothing is filled at this version of the merged table. */
    public static FillProgress beginningAt(long version) {
        return new FillProgress(version, new TreeSet<>(), 0);
    }

    public FillProgress plus(LocalDate date, long more) {
        SortedSet<LocalDate> all = new TreeSet<>(filled);
        all.add(date);
        return new FillProgress(version, all, rows + more);
    }

    /** At a later version, by which others have added rows that are not filled to these dates. */
    public FillProgress without(Collection<LocalDate> dates, long later) {
        SortedSet<LocalDate> left = new TreeSet<>(filled);
        left.removeAll(dates);
        return new FillProgress(later, left, rows);
    }

    String toText() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", version).put("rows", rows);
        ArrayNode dates = root.putArray("filled");
        filled.forEach(date -> dates.add(date.toString()));
        return root.toString();
    }

    /** Empty if it was not written whole, as by a run that was killed; the fill then begins anew. */
    static Optional<FillProgress> parse(String text) {
        try {
            JsonNode node = new ObjectMapper().readTree(text);
            SortedSet<LocalDate> filled = new TreeSet<>();
            node.required("filled").forEach(date -> filled.add(LocalDate.parse(date.asText())));
            return Optional.of(new FillProgress(
                    node.required("version").asLong(),
                    filled,
                    node.required("rows").asLong()));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
