/**
 * The judgement: compares the truth about what was sent with what SQL shows.
 *
 * <p>While a run goes on, the {@link io.tributary.lab.evaluate.Observer} is fed with everything that a query showed and
 * notes what was seen twice or vanished, and how long each event took to show. At the end the {@link
 * io.tributary.lab.evaluate.Comparison} holds the lake against the {@link io.tributary.lab.evaluate.GroundTruth}, record by
 * record, and the {@link io.tributary.lab.evaluate.Report} says what came of it. Nothing here knows Spark, and millions
 * of events fit in arrays.
 */
package io.tributary.lab.evaluate;
