package io.tributary.compaction.publish.glue;

import static io.tributary.compaction.publish.glue.GlueFailures.ask;
import static io.tributary.compaction.publish.glue.GlueFailures.change;

import io.tributary.compaction.publish.ChangedMeanwhileException;
import io.tributary.compaction.publish.EntryPartition;
import io.tributary.runtime.OperatorActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/**
 * The partitions of one table in Glue, as many at a time as it takes. Glue refuses single ones in the answer to a
 * request that as a whole succeeded.
 *
 * @param id the account's whose catalogue it is; null for the caller's own
 */
record GluePartitions(GlueClient glue, String id, String database, String table) {

    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_DROPPED_AT_ONCE = 25;

    private static final Set<String> CHANGED =
            Set.of("AlreadyExistsException", "EntityNotFoundException", "ConcurrentModificationException");

    Map<String, EntryPartition> all() {
        return ask(
                "listing the partitions of " + database + "." + table, "glue:GetPartitions", () -> glue
                        .getPartitionsPaginator(request ->
                                request.catalogId(id).databaseName(database).tableName(table))
                        .stream()
                        .flatMap(page -> page.partitions().stream())
                        .map(GlueShapes::found)
                        .collect(Collectors.toMap(EntryPartition::value, Function.identity())));
    }

    void create(String attempt, List<EntryPartition> partitions) throws ChangedMeanwhileException {
        for (List<EntryPartition> some : parts(partitions, MOST_AT_ONCE)) {
            List<PartitionError> errors = change(
                            attempt,
                            "glue:BatchCreatePartition",
                            () -> glue.batchCreatePartition(request -> request.catalogId(id)
                                    .databaseName(database)
                                    .tableName(table)
                                    .partitionInputList(
                                            some.stream().map(GlueShapes::input).toList())))
                    .errors();
            refuse(attempt, errors.stream().map(PartitionError::errorDetail));
        }
    }

    void update(String attempt, List<EntryPartition> partitions) throws ChangedMeanwhileException {
        for (List<EntryPartition> some : parts(partitions, MOST_AT_ONCE)) {
            List<BatchUpdatePartitionFailureEntry> errors = change(
                            attempt,
                            "glue:BatchUpdatePartition",
                            () -> glue.batchUpdatePartition(request -> request.catalogId(id)
                                    .databaseName(database)
                                    .tableName(table)
                                    .entries(some.stream()
                                            .map(partition -> BatchUpdatePartitionRequestEntry.builder()
                                                    .partitionValueList(partition.value())
                                                    .partitionInput(GlueShapes.input(partition))
                                                    .build())
                                            .toList())))
                    .errors();
            refuse(attempt, errors.stream().map(BatchUpdatePartitionFailureEntry::errorDetail));
        }
    }

    void drop(String attempt, List<String> values) throws ChangedMeanwhileException {
        for (List<String> some : parts(values, MOST_DROPPED_AT_ONCE)) {
            List<PartitionError> errors = change(
                            attempt,
                            "glue:BatchDeletePartition",
                            () -> glue.batchDeletePartition(request -> request.catalogId(id)
                                    .databaseName(database)
                                    .tableName(table)
                                    .partitionsToDelete(some.stream()
                                            .map(value -> PartitionValueList.builder()
                                                    .values(value)
                                                    .build())
                                            .toList())))
                    .errors();
            refuse(attempt, errors.stream().map(PartitionError::errorDetail));
        }
    }

    private static void refuse(String attempt, Stream<ErrorDetail> details) throws ChangedMeanwhileException {
        List<ErrorDetail> errors = details.toList();
        if (errors.isEmpty()) {
            return;
        }
        String words = attempt + " met " + errors.size() + " refusals, the first: "
                + errors.get(0).errorCode() + ": " + errors.get(0).errorMessage();
        if (errors.stream().allMatch(error -> CHANGED.contains(error.errorCode()))) {
            throw new ChangedMeanwhileException(words, null);
        }
        throw new OperatorActionException("Glue: " + words + ".");
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return parts;
    }
}
