/**
 * The truth: what was really sent, written down record by record while it is sent.
 *
 * <p>One file per run, appended and flushed, so that a run which ended badly can still be judged. A record stands in it
 * with its Kafka coordinates, what makes it the same event as another (its identity), and fingerprints of what must come
 * out at the other end. The evaluator needs nothing else.
 */
package io.tributary.lab.truth;
