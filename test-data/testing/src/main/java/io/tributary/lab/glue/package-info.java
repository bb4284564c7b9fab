/**
 * A Glue Data Catalog for this machine, as far as Tributary and Trino use one: databases, tables with versions, and
 * partitions, in memory, over Glue's own protocol.
 *
 * <p>{@link io.tributary.lab.glue.GlueLab} serves it and fails when it is told to.
 */
package io.tributary.lab.glue;
