package com.amazonaws.services.glue;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** In the place of Glue's: the session over a Spark context that is there, on this machine. */
public class GlueContext {

    private final SparkContext spark;

    public GlueContext(SparkContext spark) {
        this.spark = spark;
    }

    public SparkSession getSparkSession() {
        return SparkSession.builder().config(spark.getConf()).getOrCreate();
    }
}
