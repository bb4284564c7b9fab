/** Rows of Parquet files, read without Spark, whose session alone takes seconds to start: for commands that people type. */
package io.tributary.lake.parquet;
