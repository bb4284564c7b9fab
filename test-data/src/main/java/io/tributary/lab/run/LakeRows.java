package io.tributary.lab.run;

import io.tributary.columns.Columns;
import io.tributary.config.DedupScope;
import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.truth.Coordinates;
import io.tributary.offsets.TopicIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of the view as numbers, thousands packed into one array: a whole lake passes through the driver in the
 * space of a few columns.
 */
public final class LakeRows {

    private static final int ROWS_PER_CHUNK = 8_192;
    private static final int NUMBERS = 8;

    private LakeRows() {}

    /**
     * One row of the view.
     *
     * @param dataCenter the index of the one that delivered it, or -1
     */
    record LakeRow(
            long high,
            long low,
            long arrivedMillis,
            long kafkaMillis,
            boolean isOnTime,
            int dataCenter,
            long timeMicros,
            long payloadHash) {

        void addTo(Observer.Poll poll) {
            poll.row(high, low, timeMicros, arrivedMillis, kafkaMillis, isOnTime, dataCenter);
        }
    }

    /** Everything that a poll needs of each row of {@code view}. */
    public static String sql(String view, DedupScope scope, List<String> dataCenters) {
        return select(view, scope, dataCenters, "0L");
    }

    /** Puts to {@link #sql} that only rows which arrived later are asked for. */
    static String arrivedAfter(long millis) {
        return " WHERE " + Columns.ARRIVED_AT + " > timestamp_millis(" + millis + ")";
    }

    /** Also what the final comparison needs, which reads all payloads. */
    static String sqlWithContent(String view, DedupScope scope, List<String> dataCenters) {
        return select(view, scope, dataCenters, "xxhash64(" + Columns.PAYLOAD + ")");
    }

    private static String select(String view, DedupScope scope, List<String> dataCenters, String payload) {
        String identity = identity(scope);
        String names = dataCenters.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return "SELECT xxhash64(" + identity + "), xxhash64('#', " + identity + "), unix_millis("
                + Columns.ARRIVED_AT + "), coalesce(unix_millis(" + Columns.KAFKA_TIMESTAMP + "), 0L), if("
                + Columns.ON_TIME
                + ", 1L, 0L), coalesce(array_position(array("
                + names + "), " + Columns.KAFKA_CLUSTER + "), 0L) - 1L, unix_micros(" + Columns.EVENT_TIME + "), "
                + payload + " FROM " + view;
    }

    /** The coordinates in the columns {@link Columns#COORDINATES} of a row, the first of which is column {@code from}. */
    public static Coordinates coordinates(Row row, int from) {
        return new Coordinates(
                row.getString(from),
                row.getString(from + 1),
                TopicIdentity.parse(row.getString(from + 4)).topicId(),
                row.getInt(from + 2),
                row.getLong(from + 3));
    }

    /** The columns that make an event's identity. */
    static String identity(DedupScope scope) {
        return switch (scope) {
            case GLOBAL -> Columns.EVENT_ID;
            case DATA_CENTER -> Columns.DATA_CENTER + ", " + Columns.EVENT_ID;
        };
    }

    /** The rows in one go: when this returns, the answer is complete. */
    static List<byte[]> collect(Dataset<Row> rows) {
        return packed(rows).collect();
    }

    /** The rows part by part. */
    static void forEach(Dataset<Row> rows, Consumer<LakeRow> consumer) {
        packed(rows).toLocalIterator().forEachRemaining(chunk -> unpack(chunk, consumer));
    }

    /** From Spark's own rows, since to make objects of them first costs more than all the rest of a small answer. */
    private static JavaRDD<byte[]> packed(Dataset<Row> rows) {
        return rows.queryExecution().toRdd().toJavaRDD().mapPartitions(LakeRows::pack);
    }

    private static Iterator<byte[]> pack(Iterator<InternalRow> rows) {
        List<byte[]> chunks = new ArrayList<>();
        while (rows.hasNext()) {
            ByteBuffer chunk = ByteBuffer.allocate(ROWS_PER_CHUNK * NUMBERS * Long.BYTES);
            for (int i = 0; i < ROWS_PER_CHUNK && rows.hasNext(); i++) {
                InternalRow row = rows.next();
                for (int column = 0; column < NUMBERS; column++) {
                    chunk.putLong(row.getLong(column));
                }
            }
            chunks.add(Arrays.copyOf(chunk.array(), chunk.position()));
        }
        return chunks.iterator();
    }

    static void unpack(byte[] chunk, Consumer<LakeRow> consumer) {
        ByteBuffer numbers = ByteBuffer.wrap(chunk);
        while (numbers.hasRemaining()) {
            consumer.accept(new LakeRow(
                    numbers.getLong(),
                    numbers.getLong(),
                    numbers.getLong(),
                    numbers.getLong(),
                    numbers.getLong() == 1,
                    (int) numbers.getLong(),
                    numbers.getLong(),
                    numbers.getLong()));
        }
    }
}
