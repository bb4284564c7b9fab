/**
 * A local run: everything on one machine, from Kafka to the verdict, behind {@code scripts/run-local}.
 *
 * <p>The jobs run as processes of their own, with the main classes and arguments that they have on Glue; only what
 * surrounds them is the lab's. {@link io.tributary.lab.run.LocalRun} shows the whole.
 */
package io.tributary.lab.run;
