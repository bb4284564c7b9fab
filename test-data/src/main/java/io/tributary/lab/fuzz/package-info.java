/**
 * Hostile records: everything that a producer can put on the wire, made from a seed, and what must come of each.
 *
 * <p>A {@link io.tributary.lab.fuzz.Corpus} makes the records, an {@link io.tributary.lab.fuzz.Oracle} says what each of
 * them is by the lab's own reading of the configuration, and a {@link io.tributary.lab.fuzz.HostileSender} sends them and
 * writes down the truth. None of them shares code with the jobs.
 */
package io.tributary.lab.fuzz;
