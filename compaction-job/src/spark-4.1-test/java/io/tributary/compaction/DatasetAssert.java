package io.tributary.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares Datasets, where spark-testing-base has no release for the line of Spark. */
public final class DatasetAssert {

    private DatasetAssert() {}

    /** Both have the same columns of the same types and the same rows, each as often, in any order. */
    public static void assertSame(Dataset<Row> expected, Dataset<Row> actual) {
        assertThat(columns(actual)).isEqualTo(columns(expected));
        List<Row> found = actual.collectAsList();
        List<Row> awaited = expected.collectAsList();
        assertEquals(awaited.size(), found.size(), "number of rows");
        assertThat(found).containsExactlyInAnyOrderElementsOf(awaited);
    }

    private static List<String> columns(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fields())
                .map(field -> field.name() + " " + field.dataType().sql())
                .toList();
    }
}
