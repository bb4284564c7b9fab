/**
 * What a job runs on, and how it ends: the local or the Glue runtime, Spark's settings, files, and exit codes.
 *
 * <p>The streaming job, the merge job and the audit get Spark and the clock only from this package, so a local run, a
 * test and a Glue run execute the same code.
 */
package io.tributary.runtime;
