package io.tributary.lab.trino;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.jdbc.QueryStats;
import io.trino.jdbc.TrinoStatement;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;

/** Puts SQL to Trino. Values are plain Java: instants, local dates, numbers, text. */
public final class Questions implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;

    Questions(Connection connection) {
        this.connection = connection;
    }

    /** An answer, and what it took. */
    public record Answer(List<List<Object>> rows, QueryStats stats) {}

    public List<List<Object>> rows(String sql) throws SQLException {
        return answer(sql).rows();
    }

    /** The only column of the answer. */
    public List<Object> column(String sql) throws SQLException {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    public Answer answer(String sql) throws SQLException {
        AtomicReference<QueryStats> last = new AtomicReference<>();
        try (Statement statement = connection.createStatement()) {
            statement.unwrap(TrinoStatement.class).setProgressMonitor(last::set);
            List<List<Object>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(plain(result.getObject(i)));
                    }
                    rows.add(row);
                }
            }
            return new Answer(rows, last.get());
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + "\nin:\n" + sql, e);
        }
    }

    /** What each table is asked for: the constraints that reach its scan, by table, in the order of the scans. */
    public List<JsonNode> scans(String sql) throws SQLException {
        try {
            JsonNode plan = JSON.readTree(
                    (String) column("EXPLAIN (TYPE IO, FORMAT JSON) " + sql).get(0));
            List<JsonNode> scans = new ArrayList<>();
            plan.path("inputTableColumnInfos").forEach(scans::add);
            return scans;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Trino's plan is no JSON", e);
        }
    }

    /** Rows of Spark in the same terms. */
    public static List<List<Object>> plain(List<Row> rows) {
        List<List<Object>> plain = new ArrayList<>();
        for (Row row : rows) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(plain(row.get(i)));
            }
            plain.add(values);
        }
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant();
        }
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
