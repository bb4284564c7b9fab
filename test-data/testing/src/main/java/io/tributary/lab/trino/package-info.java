/**
 * Trino for a local run or a test: the engine family of Athena, reading the lake through a Glue catalog and S3 as
 * Athena does.
 *
 * <p>{@link io.tributary.lab.trino.TrinoNeeds} finds what it takes or says what is missing,
 * {@link io.tributary.lab.trino.TrinoLab} starts the server's process and ends it.
 */
package io.tributary.lab.trino;
