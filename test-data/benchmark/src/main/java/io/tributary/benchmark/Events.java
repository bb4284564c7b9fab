package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.xxhash64;

import io.tributary.columns.Columns;
import io.tributary.schema.EventSchema;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * Events made from numbers: the number gives identity, type and content, so a copy is made by giving the number again.
 * Input are rows with {@code number} (bigint), {@code millis} (bigint, the event time) and {@code on_time} (boolean).
 */
final class Events {

    static final String NUMBER = "number";
    static final String MILLIS = "millis";

    private static final List<String> DATA_CENTERS = List.of("dc1", "dc2", "dc3");
    private static final List<String> TYPES = List.of("order", "quote", "trade", "cancel");

    private Events() {}

    /** Rows of the staging table, all of one batch. */
    static Dataset<Row> staged(Dataset<Row> numbers, Instant committedAt) {
        Column number = col(NUMBER);
        Column time = functions.timestamp_millis(col(MILLIS));
        Column arrived = lit(Timestamp.from(committedAt));
        Column id = concat(hex(xxhash64(number)), lit("-"), number);
        Column center = oneOf(DATA_CENTERS, number);
        Map<String, Column> values = new LinkedHashMap<>();
        values.put(Columns.EVENT_ID, id);
        values.put(Columns.EVENT_TIME, time);
        values.put(Columns.EVENT_TYPE, oneOf(TYPES, xxhash64(number, lit("type"))));
        values.put(Columns.DATA_CENTER, center);
        values.put(
                Columns.PAYLOAD,
                concat(
                        lit("{\"id\":\""),
                        id,
                        lit("\",\"amount\":"),
                        pmod(xxhash64(number, lit("amount")), lit(1_000_000)),
                        lit(",\"note\":\""),
                        hex(xxhash64(number, lit("note"))),
                        lit("\"}")));
        values.put(Columns.EVENT_DATE, to_date(time));
        values.put(Columns.KAFKA_CLUSTER, center);
        values.put(Columns.KAFKA_TOPIC, lit("events"));
        values.put(Columns.KAFKA_PARTITION, lit(0));
        values.put(Columns.KAFKA_OFFSET, number);
        values.put(Columns.KAFKA_TIMESTAMP, arrived);
        values.put(Columns.KAFKA_TOPIC_ID, lit(null));
        values.put(Columns.ARRIVED_AT, arrived);
        values.put(Columns.ON_TIME, col(Columns.ON_TIME));
        values.put(Columns.ARRIVAL_DATE, to_date(arrived));
        values.put(Columns.ARRIVAL_HOUR, hour(arrived));
        Column[] columns = Arrays.stream(EventSchema.staging(List.of()).fields())
                .map(field -> column(field, values))
                .toArray(Column[]::new);
        return numbers.select(columns);
    }

    private static Column column(StructField field, Map<String, Column> values) {
        return values.get(field.name()).cast(field.dataType()).as(field.name());
    }

    private static Column oneOf(List<String> names, Column number) {
        Column[] all = names.stream().map(functions::lit).toArray(Column[]::new);
        return functions.element_at(
                functions.array(all),
                pmod(number, lit(names.size())).cast("int").plus(1));
    }
}
