/**
 * Synchronizes the catalog with the lake's logs, after every merge.
 *
 * <p>{@link io.tributary.compaction.catalog.LakeCatalogTargets} reads what should be registered.
 * {@link io.tributary.compaction.catalog.CatalogPlan} compares it with what is registered.
 * {@link io.tributary.compaction.catalog.CatalogSync} applies the differences. The AWS SDK stays inside {@code glue}.
 */
package io.tributary.compaction.catalog;
