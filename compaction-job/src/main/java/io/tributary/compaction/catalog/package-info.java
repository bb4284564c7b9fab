/**
 * Brings the catalog to what the lake's logs say, after every merge.
 *
 * <p>{@link io.tributary.compaction.catalog.LakeCatalogTargets} reads what should be registered,
 * {@link io.tributary.compaction.catalog.CatalogPlan} compares it with what is, and
 * {@link io.tributary.compaction.catalog.CatalogSync} applies the difference. The AWS SDK stays inside {@code glue}.
 */
package io.tributary.compaction.catalog;
