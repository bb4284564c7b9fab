/**
 * Proves from the lake's logs, and on demand from its data, that every record read is accounted for exactly once.
 *
 * <p>Begin at {@link io.tributary.audit.AuditTool}. {@link io.tributary.audit.Audit} is the pure core: it folds the
 * commits of the three tables into a report. {@code TableLog} reads logs, {@code DataAudit} reads data, {@code
 * ReportText} and {@code ReportJson} say what was found.
 */
package io.tributary.audit;
