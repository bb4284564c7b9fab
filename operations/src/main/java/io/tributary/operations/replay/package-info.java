/**
 * What operators let the stream read by request: records of the quarantine, offsets that were read before, and files. The
 * effect is shown first, the request is a file beside the tables, and the outcome is in the commit metadata.
 */
package io.tributary.operations.replay;
