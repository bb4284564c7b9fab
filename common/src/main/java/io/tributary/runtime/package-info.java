/**
 * What a job runs on and how it ends: arguments, the local or Glue runtime, and the three kinds of failure.
 *
 * <p>Both jobs see Spark, the clock and their arguments only through this package, so that a local run, a test and a
 * Glue run execute the same code.
 */
package io.tributary.runtime;
