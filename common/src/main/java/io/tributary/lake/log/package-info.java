/**
 * The log of a Delta table: the only place that knows how its files are called and what Delta's own classes make of them.
 * Begin at {@link io.tributary.lake.log.DeltaLogReader}; {@link io.tributary.lake.log.ActionLog} and
 * {@link io.tributary.lake.log.TableFiles} tell what commits did and which files a version has. What the pipeline's commits
 * say of themselves is read by {@code io.tributary.lake.commit}, above.
 */
package io.tributary.lake.log;
