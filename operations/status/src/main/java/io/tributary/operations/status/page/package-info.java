/**
 * The status page: one HTML file that needs nothing else, which the merge job writes beside the lake.
 *
 * <pre>
 *  LakeTail ──► PipelineStatus, HourFlow, History ─┐
 *  tables ────► RowCounts (Spark SQL, bounded) ────┴─► PageData (pure) ──► StatusPage: HTML
 * </pre>
 *
 * What the page shows is in {@code docs/operating.md}.
 */
package io.tributary.operations.status.page;
