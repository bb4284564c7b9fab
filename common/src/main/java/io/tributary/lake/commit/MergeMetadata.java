package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The metadata of one merge, carried by its commit.
 *
 * @param merge number of the merge, 1 for the first
 * @param stagingVersion the version of the staging table that was read
 * @param previousWatermark {@code arrived_at} up to which earlier merges had gone, milliseconds since the epoch
 * @param watermark {@code arrived_at} up to which this merge went, milliseconds since the epoch
 * @param dataCenters what became of the staging rows in between, by the data center that delivered them
 * @param mergedByDate rows that were added to each event date
 * @param lifetime what became of the merged table's rows since its beginning, this merge included; empty in metadata of
 *     merges that did not count it
 * @param run names the attempt, so that of two with the same rows each knows its own commit; empty if nobody asks
 * @param erasures number of the newest erasure that the merge knew; 0 if there was none
 * @param fills numbers of the fills of columns that the merge applied: what it added holds what they ask for
 */
public record MergeMetadata(
        long merge,
        long stagingVersion,
        long previousWatermark,
        long watermark,
        SortedMap<String, Merged> dataCenters,
        SortedMap<LocalDate, Long> mergedByDate,
        Optional<Lifetime> lifetime,
        String run,
        long erasures,
        SortedSet<Long> fills)
        implements CommitMetadata {

    /** Every merge claims its number under this name, so that of two with one number only one commits. */
    public static final String APP_ID = "tributary-merge";

    static final String KIND = "merge";

    public MergeMetadata {
        dataCenters = Collections.unmodifiableSortedMap(new TreeMap<>(dataCenters));
        mergedByDate = Collections.unmodifiableSortedMap(new TreeMap<>(mergedByDate));
        fills = Collections.unmodifiableSortedSet(new TreeSet<>(fills));
    }

    public MergeMetadata(
            long merge,
            long stagingVersion,
            long previousWatermark,
            long watermark,
            SortedMap<String, Merged> dataCenters,
            SortedMap<LocalDate, Long> mergedByDate) {
        this(
                merge,
                stagingVersion,
                previousWatermark,
                watermark,
                dataCenters,
                mergedByDate,
                Optional.empty(),
                "",
                0,
                new TreeSet<>());
    }

    /** The metadata of a merge that knew no erasure. */
    public MergeMetadata(
            long merge,
            long stagingVersion,
            long previousWatermark,
            long watermark,
            SortedMap<String, Merged> dataCenters,
            SortedMap<LocalDate, Long> mergedByDate,
            Optional<Lifetime> lifetime,
            String run) {
        this(
                merge,
                stagingVersion,
                previousWatermark,
                watermark,
                dataCenters,
                mergedByDate,
                lifetime,
                run,
                0,
                new TreeSet<>());
    }

    /**
     * What became of staging rows.
     *
     * @param staged rows taken from staging
     * @param duplicates rows left out because the event was merged before or came twice
     * @param merged rows added to the merged table
     * @param conflicts of these, late rows that have the id of another event, one that happened at another time. A lower
     *     bound: a merge looks only at the event times that its late rows touch
     * @param erased rows left out because their event was erased
     */
    public record Merged(long staged, long duplicates, long merged, long conflicts, long erased) {

        public static final Merged EMPTY = new Merged(0, 0, 0);

        public Merged(long staged, long duplicates, long merged) {
            this(staged, duplicates, merged, 0);
        }

        /** Of rows of which none was erased. */
        public Merged(long staged, long duplicates, long merged, long conflicts) {
            this(staged, duplicates, merged, conflicts, 0);
        }

        public Merged {
            if (staged != duplicates + merged + erased) {
                throw new IllegalArgumentException("counts do not balance: staged " + staged + ", duplicates "
                        + duplicates + ", merged " + merged + ", erased " + erased);
            }
        }

        public Merged plus(Merged other) {
            return new Merged(
                    staged + other.staged,
                    duplicates + other.duplicates,
                    merged + other.merged,
                    conflicts + other.conflicts,
                    erased + other.erased);
        }
    }

    /**
     * Running totals, so that rows which are lost are found however long ago the log has expired that added them.
     *
     * @param merged rows that merges have added
     * @param byOthers rows added less rows removed by commits that are no merges, such as an erasure, a DELETE or a RESTORE
     * @param version of the merged table up to which what others did is counted
     */
    public record Lifetime(long merged, long byOthers, long version) {

        /** The totals of a table of which nothing is known but how many rows it has. */
        public static Lifetime startingWith(long rows, long version) {
            return new Lifetime(rows, 0, version);
        }

        /** How many rows the table has. */
        public long rows() {
            return merged + byOthers;
        }

        public Lifetime plusMerged(long rows) {
            return new Lifetime(merged + rows, byOthers, version);
        }

        /** The same at a later version, up to which nobody else changed rows. */
        public Lifetime upTo(long later) {
            return without(0, later);
        }

        /** The same at a later version, up to which only these rows were removed, by commits that count them. */
        public Lifetime without(long rows, long later) {
            return new Lifetime(merged, byOthers - rows, later);
        }

        /** The same after others have changed the table, which has so many rows at a later version. */
        public Lifetime recounted(long rows, long later) {
            return new Lifetime(merged, rows - merged, later);
        }
    }

    /** The same metadata with the running totals after it. */
    public MergeMetadata withLifetime(Lifetime after) {
        return new MergeMetadata(
                merge,
                stagingVersion,
                previousWatermark,
                watermark,
                dataCenters,
                mergedByDate,
                Optional.of(after),
                run,
                erasures,
                fills);
    }

    /** The same metadata of a merge that applied these fills. */
    public MergeMetadata withFills(SortedSet<Long> applied) {
        return new MergeMetadata(
                merge,
                stagingVersion,
                previousWatermark,
                watermark,
                dataCenters,
                mergedByDate,
                lifetime,
                run,
                erasures,
                applied);
    }

    /** The sum over all data centers. */
    public Merged total() {
        return dataCenters.values().stream().reduce(Merged.EMPTY, Merged::plus);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("tributary", KIND);
        root.put("merge", merge);
        root.put("staging_version", stagingVersion);
        root.put("previous_merge_watermark", previousWatermark);
        root.put("merge_watermark", watermark);
        ObjectNode byDataCenter = root.putObject("data_centers");
        dataCenters.forEach((name, merged) -> {
            ObjectNode rows = byDataCenter
                    .putObject(name)
                    .put("staged", merged.staged())
                    .put("duplicates", merged.duplicates())
                    .put("merged", merged.merged());
            if (merged.conflicts() > 0) {
                rows.put("conflicts", merged.conflicts());
            }
            if (merged.erased() > 0) {
                rows.put("erased", merged.erased());
            }
        });
        ObjectNode byDate = root.putObject("merged_by_date");
        mergedByDate.forEach((date, rows) -> byDate.put(date.toString(), rows.longValue()));
        lifetime.ifPresent(totals -> root.putObject("lifetime")
                .put("merged", totals.merged())
                .put("by_others", totals.byOthers())
                .put("version", totals.version()));
        if (!run.isEmpty()) {
            root.put("run", run);
        }
        if (erasures > 0) {
            root.put("erasures", erasures);
        }
        if (!fills.isEmpty()) {
            ArrayNode numbers = root.putArray("fills");
            fills.forEach(numbers::add);
        }
        return root;
    }

    static MergeMetadata fromJson(JsonNode node) {
        SortedSet<Long> fills = new TreeSet<>();
        node.path("fills").forEach(number -> fills.add(number.asLong()));
        SortedMap<String, Merged> dataCenters = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.required("data_centers").properties()) {
            JsonNode merged = entry.getValue();
            dataCenters.put(
                    entry.getKey(),
                    new Merged(
                            merged.required("staged").asLong(),
                            merged.required("duplicates").asLong(),
                            merged.required("merged").asLong(),
                            merged.path("conflicts").asLong(),
                            merged.path("erased").asLong()));
        }
        SortedMap<LocalDate, Long> byDate = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.required("merged_by_date").properties()) {
            byDate.put(LocalDate.parse(entry.getKey()), entry.getValue().asLong());
        }
        return new MergeMetadata(
                node.required("merge").asLong(),
                node.required("staging_version").asLong(),
                node.required("previous_merge_watermark").asLong(),
                node.required("merge_watermark").asLong(),
                dataCenters,
                byDate,
                Optional.ofNullable(node.get("lifetime"))
                        .map(totals -> new Lifetime(
                                totals.required("merged").asLong(),
                                totals.required("by_others").asLong(),
                                totals.required("version").asLong())),
                node.path("run").asText(),
                node.path("erasures").asLong(),
                fills);
    }
}
