package io.tributary.model;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's stream of rows that a test adds, which lies in another package in each line of Spark. */
final class MemorySource {

    private final MemoryStream<Row> stream;

    MemorySource(SparkSession spark, StructType schema) {
        this.stream = new MemoryStream<>(0, spark, Option.empty(), Encoders.row(schema));
    }

    Dataset<Row> rows() {
        return stream.toDF();
    }

    /** Makes a micro-batch of these. */
    void add(List<Row> rows) {
        stream.addData(CollectionConverters.asScala(rows));
    }
}
