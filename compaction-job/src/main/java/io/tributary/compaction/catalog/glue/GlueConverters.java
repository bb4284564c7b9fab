package io.tributary.compaction.catalog.glue;

import io.tributary.compaction.catalog.CatalogColumn;
import io.tributary.compaction.catalog.CatalogPartition;
import io.tributary.compaction.catalog.CatalogTable;
import io.tributary.compaction.catalog.ExistingTable;
import io.tributary.compaction.catalog.TableStorage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Converts entries to and from Glue's classes. What Glue leaves out is empty. */
final class GlueConverters {

    private static final String OWNER = "tributary";
    private static final String EXPANDED_VIEW = "/* Presto View */";

    private GlueConverters() {}

    static TableInput input(CatalogTable entry) {
        TableInput.Builder table = TableInput.builder()
                .name(entry.name())
                .tableType(entry.type().name())
                .description(entry.description().isEmpty() ? null : entry.description())
                // Trino accepts no view without an owner.
                .owner(OWNER)
                .parameters(entry.parameters())
                .partitionKeys(columns(entry.partitionKeys()))
                .storageDescriptor(storage(entry.storage(), entry.columns()));
        entry.viewText().ifPresent(text -> table.viewOriginalText(text).viewExpandedText(EXPANDED_VIEW));
        return table.build();
    }

    static PartitionInput input(CatalogPartition partition) {
        return PartitionInput.builder()
                .values(partition.value())
                .parameters(partition.parameters())
                .storageDescriptor(storage(partition.storage(), partition.columns()))
                .build();
    }

    static ExistingTable found(Table table) {
        Optional<StorageDescriptor> storage = Optional.ofNullable(table.storageDescriptor());
        CatalogTable entry = new CatalogTable(
                table.name(),
                type(table.tableType()),
                text(table.description()),
                storage.map(StorageDescriptor::columns)
                        .map(GlueConverters::entryColumns)
                        .orElse(List.of()),
                entryColumns(table.partitionKeys()),
                table.parameters(),
                storage.map(GlueConverters::storage).orElse(TableStorage.NONE),
                Optional.ofNullable(table.viewOriginalText()).filter(text -> !text.isEmpty()));
        return new ExistingTable(entry, table.versionId());
    }

    static CatalogPartition found(Partition partition) {
        return new CatalogPartition(
                partition.values().get(0),
                entryColumns(partition.storageDescriptor().columns()),
                storage(partition.storageDescriptor()),
                partition.parameters());
    }

    private static CatalogTable.Type type(String name) {
        return Arrays.stream(CatalogTable.Type.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElse(CatalogTable.Type.OTHER);
    }

    private static StorageDescriptor storage(TableStorage storage, List<CatalogColumn> columns) {
        return StorageDescriptor.builder()
                .location(storage.location())
                .inputFormat(storage.inputFormat())
                .outputFormat(storage.outputFormat())
                .serdeInfo(SerDeInfo.builder()
                        .serializationLibrary(storage.serde())
                        .parameters(storage.serdeParameters())
                        .build())
                .columns(columns(columns))
                .build();
    }

    private static TableStorage storage(StorageDescriptor storage) {
        Optional<SerDeInfo> serde = Optional.ofNullable(storage.serdeInfo());
        return new TableStorage(
                text(storage.location()),
                text(storage.inputFormat()),
                text(storage.outputFormat()),
                text(serde.map(SerDeInfo::serializationLibrary).orElse("")),
                serde.map(SerDeInfo::parameters).orElse(Map.of()));
    }

    private static List<Column> columns(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> Column.builder()
                        .name(column.name())
                        .type(column.type())
                        .comment(column.comment())
                        .build())
                .toList();
    }

    private static List<CatalogColumn> entryColumns(List<Column> columns) {
        return columns.stream()
                .map(column -> new CatalogColumn(column.name(), column.type(), text(column.comment())))
                .toList();
    }

    private static String text(String fromGlue) {
        return fromGlue == null ? "" : fromGlue;
    }
}
