package com.amazonaws.services.glue;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Declared for the compiler; AWS Glue brings the class itself. */
public class GlueContext {

    public GlueContext(SparkContext spark) {
        throw new UnsupportedOperationException("AWS Glue brings this class; only its declaration is here");
    }

    public SparkSession getSparkSession() {
        throw new UnsupportedOperationException("AWS Glue brings this class; only its declaration is here");
    }
}
