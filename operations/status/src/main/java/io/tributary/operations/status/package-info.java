/**
 * What {@code tributary status} tells: how each data center and the lake do, from the newest commits of the tables' logs and
 * from what the streaming job last said.
 *
 * <pre>
 *  newest commits, stream status ──► LakeTail ──► PipelineStatus (pure) ──► StatusText, StatusJson
 *                                       └───────► ValidThrough (pure)
 * </pre>
 *
 * It answers also while the jobs are down. Terms are defined in {@code docs/glossary.md}.
 */
package io.tributary.operations.status;
