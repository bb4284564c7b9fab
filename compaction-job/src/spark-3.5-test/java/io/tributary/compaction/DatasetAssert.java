package io.tributary.compaction;

import com.holdenkarau.spark.testing.DataFrameSuiteBaseLike;
import com.holdenkarau.spark.testing.JavaTestSuite;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares Datasets with spark-testing-base, whose suites would start a Spark of their own. */
public final class DatasetAssert {

    private static final int ROWS_TO_SHOW = 20;

    private DatasetAssert() {}

    /** Both have the same columns of the same types and the same rows, each as often, in any order. */
    public static void assertSame(Dataset<Row> expected, Dataset<Row> actual) {
        new Comparison(expected.sparkSession().sparkContext()).assertDataFrameNoOrderEquals(expected, actual);
    }

    private static final class Comparison implements DataFrameSuiteBaseLike, JavaTestSuite {

        private static final long serialVersionUID = 1;

        private final transient SparkContext context;

        Comparison(SparkContext context) {
            this.context = context;
        }

        @Override
        public SparkContext sc() {
            return context;
        }

        @Override
        public int maxUnequalRowsToShow() {
            return ROWS_TO_SHOW;
        }

        @Override
        public String icebergWarehouse() {
            throw new UnsupportedOperationException("no comparison needs it");
        }

        @Override
        public void com$holdenkarau$spark$testing$DataFrameSuiteBaseLike$_setter_$maxUnequalRowsToShow_$eq(int rows) {}

        @Override
        public void com$holdenkarau$spark$testing$DataFrameSuiteBaseLike$_setter_$icebergWarehouse_$eq(String place) {}
    }
}
