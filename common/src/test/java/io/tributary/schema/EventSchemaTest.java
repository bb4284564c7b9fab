package io.tributary.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnType;
import io.tributary.config.PipelineConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class EventSchemaTest {

    private static final List<ColumnConfig> TYPED = Stream.of(
                    "string", "boolean", "int", "long", "double", "decimal(18,4)", "timestamp", "date")
            .map(type -> new ColumnConfig("a_" + type.replaceAll("\\W.*", ""), ColumnType.parse(type), "/a"))
            .toList();

    private static final Lake LAKE = Lake.of(Optional.of("s3://bucket/lake"), PipelineConfig.defaults());

    private static final List<TableDefinition> TABLES = List.of(
            TableDefinition.staging(LAKE, TYPED),
            TableDefinition.merged(LAKE, TYPED),
            TableDefinition.quarantine(LAKE));

    @Test
    void anEventIsItselfThenTheTypedColumnsThenThePayload() {
        assertThat(EventSchema.event(TYPED).fieldNames())
                .containsExactly(
                        Columns.EVENT_ID,
                        Columns.EVENT_TIME,
                        Columns.EVENT_TYPE,
                        Columns.DATA_CENTER,
                        "a_string",
                        "a_boolean",
                        "a_int",
                        "a_long",
                        "a_double",
                        "a_decimal",
                        "a_timestamp",
                        "a_date",
                        Columns.PAYLOAD,
                        Columns.EVENT_DATE);
    }

    @Test
    void everyTypeOfTheConfigurationIsATypeOfSpark() {
        StructType event = EventSchema.event(TYPED);

        assertThat(TYPED.stream().map(column -> event.apply(column.name()).dataType()))
                .containsExactly(
                        DataTypes.StringType,
                        DataTypes.BooleanType,
                        DataTypes.IntegerType,
                        DataTypes.LongType,
                        DataTypes.DoubleType,
                        DataTypes.createDecimalType(18, 4),
                        DataTypes.TimestampType,
                        DataTypes.DateType);
    }

    @Test
    void stagingIsTheMergedTableWithArrivalPartitions() {
        List<StructField> merged = List.of(EventSchema.eventWithLineage(TYPED).fields());
        List<StructField> staging = List.of(EventSchema.staging(TYPED).fields());

        assertThat(staging).startsWith(merged.toArray(StructField[]::new));
        assertThat(staging.subList(merged.size(), staging.size()))
                .extracting(StructField::name)
                .containsExactly(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR);
    }

    @Test
    void quarantineKeepsReasonBytesAndCoordinates() {
        assertThat(EventSchema.quarantine().fieldNames())
                .contains(Columns.REASON, Columns.DETAIL, Columns.RAW)
                .containsAll(Columns.COORDINATES);
        assertThat(type(EventSchema.quarantine(), Columns.RAW)).isEqualTo(DataTypes.BinaryType);
    }

    @Test
    void noTypedColumnCanTakeTheNameOfAColumnThatEveryEventHas() {
        assertThat(Columns.RESERVED)
                .containsExactlyInAnyOrder(EventSchema.staging(List.of()).fieldNames());
    }

    @Test
    void everyColumnMayBeNullAndSaysWhatItIs() {
        for (TableDefinition table : TABLES) {
            assertThat(table.schema().fields()).allMatch(StructField::nullable).allMatch(field -> field.getComment()
                    .isDefined());
        }
    }

    @Test
    void tablesThatTheStreamWritesHaveACheckpointMoreOften() {
        assertThat(TABLES)
                .extracting(table -> table.properties().get("delta.checkpointInterval"))
                .containsExactly("10", "50", "10");
    }

    @Test
    void tablesArePartitionedByArrivalOrEventDate() {
        assertThat(TABLES)
                .extracting(TableDefinition::partitions)
                .containsExactly(
                        List.of(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR),
                        List.of(Columns.EVENT_DATE),
                        List.of(Columns.ARRIVAL_DATE));
        assertThat(TABLES)
                .extracting(TableDefinition::path)
                .containsExactly(LAKE.staging(), LAKE.merged(), LAKE.quarantine());
    }

    @Test
    void tablesStayWithinWhatAthenaReads() {
        assertThat(TABLES).allSatisfy(table -> assertThat(table.properties())
                .containsEntry("delta.enableDeletionVectors", "false")
                .containsEntry("delta.checkpointPolicy", "classic"));
    }

    @Test
    void statisticsAreOnColumnsOfTheTableThatDoNotPartitionIt() {
        for (TableDefinition table : TABLES) {
            List<String> statistics = Arrays.asList(
                    table.properties().get("delta.dataSkippingStatsColumns").split(","));
            assertThat(statistics)
                    .isSubsetOf(table.schema().fieldNames())
                    .doesNotContainAnyElementsOf(table.partitions());
        }
    }

    private static DataType type(StructType schema, String column) {
        return schema.apply(column).dataType();
    }
}
