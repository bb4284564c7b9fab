package io.tributary.lake.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DedupScope;
import io.tributary.error.OperatorActionException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody wanted erased. It names the events by hashes of their identities alone, so that the record of an erasure
 * does not keep what it erased.
 *
 * @param number of the erasure, 1 for the first of a lake; every number up to the newest is there
 * @param at when it was asked for
 * @param by who asked
 * @param because why
 * @param condition which events, in words that name no value
 * @param within how long after {@code at} the files may stay that hold them
 * @param scope of the identities
 * @param salt of the hashes, the same for all erasures of a lake
 * @param identities of the erased events
 * @param rejected coordinates of rejected records that are erased as well
 * @param found rows that matched when it was asked for, by table
 * @param versions of the tables at that time
 */
public record ErasureRequest(
        long number,
        Instant at,
        String by,
        String because,
        String condition,
        Duration within,
        DedupScope scope,
        String salt,
        Set<IdentityHash> identities,
        List<RejectedRecord> rejected,
        SortedMap<String, Long> found,
        SortedMap<String, Long> versions) {

    /** More in one request would make the metadata of the commits that carry it out too large. */
    public static final int MAX_IDENTITIES = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    public ErasureRequest {
        identities = Set.copyOf(identities);
        rejected = List.copyOf(rejected);
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        if (identities.size() + rejected.size() > MAX_IDENTITIES) {
            throw new IllegalArgumentException("an erasure of more than " + MAX_IDENTITIES + " events");
        }
    }

    /** When no file may hold them any more. */
    public Instant deadline() {
        return at.plus(within);
    }

    ErasureRequest numbered(long other) {
        return new ErasureRequest(
                other, at, by, because, condition, within, scope, salt, identities, rejected, found, versions);
    }

    String toText() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("number", number);
        root.put("at", at.toString());
        root.put("by", by);
        root.put("because", because);
        root.put("condition", condition);
        root.put("within", within.toString());
        root.put("scope", scope.name());
        root.put("salt", salt);
        ArrayNode hashes = root.putArray("identities");
        identities.stream().map(IdentityHash::text).sorted().forEach(hashes::add);
        ArrayNode records = root.putArray("rejected");
        rejected.forEach(record -> records.add(record.toJson()));
        found.forEach(root.putObject("found")::put);
        versions.forEach(root.putObject("versions")::put);
        return root.toPrettyString();
    }

    /** @throws OperatorActionException if the text is none of a request */
    static ErasureRequest parse(String text, String origin) {
        try {
            JsonNode root = JSON.readTree(text);
            Set<IdentityHash> identities = new HashSet<>();
            root.required("identities").forEach(hash -> identities.add(IdentityHash.parse(hash.asText())));
            List<RejectedRecord> rejected = new ArrayList<>();
            root.required("rejected").forEach(record -> rejected.add(RejectedRecord.fromJson(record)));
            return new ErasureRequest(
                    root.required("number").asLong(),
                    Instant.parse(root.required("at").asText()),
                    root.required("by").asText(),
                    root.required("because").asText(),
                    root.required("condition").asText(),
                    Duration.parse(root.required("within").asText()),
                    DedupScope.valueOf(root.required("scope").asText()),
                    root.required("salt").asText(),
                    identities,
                    rejected,
                    counts(root.required("found")),
                    counts(root.required("versions")));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new OperatorActionException(
                    "The erasure " + origin + " cannot be read: " + e.getMessage()
                            + ". Without it nobody knows which events must not come back. Put the file back from the"
                            + " bucket's earlier versions or a copy.",
                    e);
        }
    }

    private static SortedMap<String, Long> counts(JsonNode node) {
        SortedMap<String, Long> counts = new TreeMap<>();
        node.properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
        return counts;
    }
}
