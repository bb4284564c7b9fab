/**
 * S3 for a local run or a test: starts the endpoint's process, waits until it serves, and ends it.
 *
 * <p>Objects lie in a directory that outlives the process; a process started on the port of the last one goes on where
 * that one ended.
 */
package io.tributary.lab.s3;
