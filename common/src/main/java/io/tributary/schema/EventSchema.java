package io.tributary.schema;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schemas of an event and of the three tables, for the typed columns that the configuration declares. */
public final class EventSchema {

    private EventSchema() {}

    /**
     * What comes from the record itself: identity, time, type, data center, the typed columns, and the record as
     * received.
     */
    public static StructType event(List<ColumnConfig> typed) {
        List<StructField> fields = new ArrayList<>();
        fields.add(field(Columns.EVENT_ID, DataTypes.StringType, "Identity of the event, the same in all its copies"));
        fields.add(field(Columns.EVENT_TIME, DataTypes.TimestampType, "When the event happened"));
        fields.add(field(Columns.EVENT_TYPE, DataTypes.StringType, "Kind of the event"));
        fields.add(field(Columns.DATA_CENTER, DataTypes.StringType, "Data center that the event belongs to"));
        for (ColumnConfig column : typed) {
            fields.add(field(column.name(), sparkType(column.type()), "Taken from " + column.from()));
        }
        fields.add(field(Columns.PAYLOAD, DataTypes.StringType, "The record as it was received"));
        fields.add(field(Columns.EVENT_DATE, DataTypes.DateType, "UTC date of event_time"));
        return struct(fields);
    }

    /** An event with its lineage: the columns of the view {@code events} and of the merged table. */
    public static StructType eventWithLineage(List<ColumnConfig> typed) {
        List<StructField> fields = new ArrayList<>(List.of(event(typed).fields()));
        fields.addAll(coordinates());
        fields.add(field(Columns.ARRIVED_AT, DataTypes.TimestampType, "When its batch was written"));
        fields.add(field(Columns.ON_TIME, DataTypes.BooleanType, "Whether it was provably the first copy on arrival"));
        return struct(fields);
    }

    /** The staging table: events with lineage, and the partition columns of arrival. */
    public static StructType staging(List<ColumnConfig> typed) {
        List<StructField> fields =
                new ArrayList<>(List.of(eventWithLineage(typed).fields()));
        fields.addAll(plannedAt());
        return struct(fields);
    }

    /** The quarantine table: rejected records, with the reason and the coordinates. */
    public static StructType quarantine() {
        List<StructField> fields = new ArrayList<>();
        fields.add(field(Columns.REASON, DataTypes.StringType, "Why the record is no event, one word"));
        fields.add(field(Columns.DETAIL, DataTypes.StringType, "Why the record is no event, in words"));
        fields.add(field(Columns.RAW, DataTypes.BinaryType, "The bytes as received; null where Kafka held none"));
        fields.addAll(coordinates());
        fields.add(field(Columns.KAFKA_KEY, DataTypes.BinaryType, "The record's key; null if it has none"));
        fields.add(field(
                Columns.KAFKA_HEADERS,
                DataTypes.StringType,
                "The record's headers as JSON, [[name, value], …]; bytes that are no text as {base64: …}"));
        fields.add(field(Columns.ARRIVED_AT, DataTypes.TimestampType, "When its batch was written"));
        fields.add(field(Columns.ARRIVAL_DATE, DataTypes.DateType, "UTC date of arrived_at"));
        return struct(fields);
    }

    private static List<StructField> coordinates() {
        return List.of(
                field(Columns.KAFKA_CLUSTER, DataTypes.StringType, "Data center whose Kafka delivered this copy"),
                field(Columns.KAFKA_TOPIC, DataTypes.StringType, "Topic of this copy"),
                field(Columns.KAFKA_PARTITION, DataTypes.IntegerType, "Partition of this copy"),
                field(Columns.KAFKA_OFFSET, DataTypes.LongType, "Offset of this copy"),
                field(Columns.KAFKA_TIMESTAMP, DataTypes.TimestampType, "Kafka's timestamp of this copy"),
                field(
                        Columns.KAFKA_TOPIC_ID,
                        DataTypes.StringType,
                        "Cluster id and topic id of this copy, which distinguish a recreated topic from the old one"));
    }

    private static List<StructField> plannedAt() {
        return List.of(
                field(Columns.ARRIVAL_DATE, DataTypes.DateType, "UTC date of arrived_at"),
                field(Columns.ARRIVAL_HOUR, DataTypes.IntegerType, "UTC hour of arrived_at"));
    }

    static StructType struct(List<StructField> fields) {
        return new StructType(fields.toArray(new StructField[0]));
    }

    static StructField field(String name, DataType type, String comment) {
        return DataTypes.createStructField(name, type, true).withComment(comment);
    }

    static DataType sparkType(ColumnType type) {
        return switch (type.kind()) {
            case STRING -> DataTypes.StringType;
            case BOOLEAN -> DataTypes.BooleanType;
            case INT -> DataTypes.IntegerType;
            case LONG -> DataTypes.LongType;
            case DOUBLE -> DataTypes.DoubleType;
            case DECIMAL -> DataTypes.createDecimalType(type.precision(), type.scale());
            case TIMESTAMP -> DataTypes.TimestampType;
            case DATE -> DataTypes.DateType;
            case ARRAY -> DataTypes.createArrayType(sparkType(type.item()), true);
            case MAP -> DataTypes.createMapType(DataTypes.StringType, sparkType(type.item()), true);
            case STRUCT ->
                new StructType(type.fields().stream()
                        .map(field -> DataTypes.createStructField(field.name(), sparkType(field.type()), true))
                        .toArray(StructField[]::new));
        };
    }
}
