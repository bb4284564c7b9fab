package io.tributary.lake.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.OperatorActionException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One search of a table for the rows of an erasure, and the commits that removed them.
 *
 * @param erasure its number
 * @param table name of the table
 * @param version of the table that was searched
 * @param watermark the merge watermark at that time, milliseconds since the epoch; of the staging table, rows above it were
 *     left to the next merge
 * @param removals the commits for this erasure since the search before, this one's included
 */
public record ErasurePass(long erasure, String table, long version, long watermark, List<Removal> removals) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A commit that removed rows.
     *
     * @param rows removed, by data center
     * @param files that it removed, as the table's log writes their paths
     */
    public record Removal(long version, Instant at, SortedMap<String, Long> rows, List<String> files) {

        public Removal {
            rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
            files = List.copyOf(files);
        }
    }

    public ErasurePass {
        removals = List.copyOf(removals);
    }

    String toText() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("erasure", erasure).put("table", table).put("version", version).put("merge_watermark", watermark);
        ArrayNode commits = root.putArray("removals");
        for (Removal removal : removals) {
            ObjectNode commit = commits.addObject();
            commit.put("version", removal.version()).put("at", removal.at().toString());
            removal.rows().forEach(commit.putObject("rows")::put);
            removal.files().forEach(commit.putArray("files")::add);
        }
        return root.toPrettyString();
    }

    static ErasurePass parse(String text, String origin) {
        try {
            JsonNode root = JSON.readTree(text);
            List<Removal> removals = new ArrayList<>();
            for (JsonNode commit : root.required("removals")) {
                SortedMap<String, Long> rows = new TreeMap<>();
                commit.required("rows")
                        .properties()
                        .forEach(entry ->
                                rows.put(entry.getKey(), entry.getValue().asLong()));
                List<String> files = new ArrayList<>();
                commit.path("files").forEach(file -> files.add(file.asText()));
                removals.add(new Removal(
                        commit.required("version").asLong(),
                        Instant.parse(commit.required("at").asText()),
                        rows,
                        files));
            }
            return new ErasurePass(
                    root.required("erasure").asLong(),
                    root.required("table").asText(),
                    root.required("version").asLong(),
                    root.required("merge_watermark").asLong(),
                    removals);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new OperatorActionException(
                    "The file " + origin + " cannot be read: " + e.getMessage()
                            + ". Put it back from the bucket's earlier versions, or remove it: the next run of the merge"
                            + " job searches the table again.",
                    e);
        }
    }
}
