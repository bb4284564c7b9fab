/**
 * Two drivers against one Delta table on S3: which commits that they were told they had made does the table hold?
 *
 * <p>{@link io.tributary.lab.concurrentwriters.ConcurrentWritersComparison} starts two {@link io.tributary.lab.concurrentwriters.WriterMain} processes for each log
 * store in turn and compares what they say with what the log holds.
 */
package io.tributary.lab.concurrentwriters;
