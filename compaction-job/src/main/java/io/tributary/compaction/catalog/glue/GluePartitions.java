package io.tributary.compaction.catalog.glue;

import static io.tributary.compaction.catalog.glue.GlueFailures.ask;

import io.tributary.compaction.catalog.CatalogPartition;
import io.tributary.compaction.catalog.ConcurrentCatalogUpdateException;
import io.tributary.error.OperatorActionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/**
 * The partitions of one table in Glue, in requests of the largest size that Glue accepts. Glue may reject single
 * partitions in the response to a successful request.
 *
 * @param id the account that owns the catalog; null for the job's own
 */
record GluePartitions(GlueClient glue, String id, String database, String table) {

    private static final int MAX_BATCH_SIZE = 100;
    private static final int MAX_DELETE_BATCH_SIZE = 25;

    private static final Set<String> CHANGED =
            Set.of("AlreadyExistsException", "EntityNotFoundException", "ConcurrentModificationException");

    Map<String, CatalogPartition> all() {
        return ask(
                "listing the partitions of " + database + "." + table, "glue:GetPartitions", () -> glue
                        .getPartitionsPaginator(request ->
                                request.catalogId(id).databaseName(database).tableName(table))
                        .stream()
                        .flatMap(page -> page.partitions().stream())
                        .map(GlueConverters::found)
                        .collect(Collectors.toMap(CatalogPartition::value, Function.identity())));
    }

    void create(String attempt, List<CatalogPartition> partitions) throws ConcurrentCatalogUpdateException {
        change(
                attempt,
                "glue:BatchCreatePartition",
                partitions,
                MAX_BATCH_SIZE,
                some -> details(
                        glue.batchCreatePartition(request -> request.catalogId(id)
                                        .databaseName(database)
                                        .tableName(table)
                                        .partitionInputList(some.stream()
                                                .map(GlueConverters::input)
                                                .toList()))
                                .errors(),
                        PartitionError::errorDetail));
    }

    void update(String attempt, List<CatalogPartition> partitions) throws ConcurrentCatalogUpdateException {
        change(
                attempt,
                "glue:BatchUpdatePartition",
                partitions,
                MAX_BATCH_SIZE,
                some -> details(
                        glue.batchUpdatePartition(request -> request.catalogId(id)
                                        .databaseName(database)
                                        .tableName(table)
                                        .entries(some.stream()
                                                .map(partition -> BatchUpdatePartitionRequestEntry.builder()
                                                        .partitionValueList(partition.value())
                                                        .partitionInput(GlueConverters.input(partition))
                                                        .build())
                                                .toList()))
                                .errors(),
                        BatchUpdatePartitionFailureEntry::errorDetail));
    }

    void drop(String attempt, List<String> values) throws ConcurrentCatalogUpdateException {
        change(
                attempt,
                "glue:BatchDeletePartition",
                values,
                MAX_DELETE_BATCH_SIZE,
                some -> details(
                        glue.batchDeletePartition(request -> request.catalogId(id)
                                        .databaseName(database)
                                        .tableName(table)
                                        .partitionsToDelete(some.stream()
                                                .map(value -> PartitionValueList.builder()
                                                        .values(value)
                                                        .build())
                                                .toList()))
                                .errors(),
                        PartitionError::errorDetail));
    }

    /** @param request sends some of them, and returns those that were rejected */
    private static <T> void change(
            String attempt, String action, List<T> all, int most, Function<List<T>, List<ErrorDetail>> request)
            throws ConcurrentCatalogUpdateException {
        for (int from = 0; from < all.size(); from += most) {
            List<T> some = all.subList(from, Math.min(from + most, all.size()));
            refuse(attempt, GlueFailures.change(attempt, action, () -> request.apply(some)));
        }
    }

    private static <E> List<ErrorDetail> details(List<E> errors, Function<E, ErrorDetail> detail) {
        return errors.stream().map(detail).toList();
    }

    private static void refuse(String attempt, List<ErrorDetail> errors) throws ConcurrentCatalogUpdateException {
        if (errors.isEmpty()) {
            return;
        }
        String words = attempt + " met " + errors.size() + " errors, the first: "
                + errors.get(0).errorCode() + ": " + errors.get(0).errorMessage();
        if (errors.stream().allMatch(error -> CHANGED.contains(error.errorCode()))) {
            throw new ConcurrentCatalogUpdateException(words, null);
        }
        throw new OperatorActionException("Glue: " + words + ".");
    }
}
