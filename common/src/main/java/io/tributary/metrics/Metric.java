package io.tributary.metrics;

/** A metric that the jobs publish. CloudWatch, the dashboard and the alarms use its name. */
public enum Metric {
    RECORDS_READ("RecordsRead", Unit.COUNT, Scope.DATA_CENTER),
    RECORDS_STAGED("RecordsStaged", Unit.COUNT, Scope.DATA_CENTER),
    RECORDS_DUPLICATE("RecordsDuplicate", Unit.COUNT, Scope.DATA_CENTER),
    RECORDS_QUARANTINED("RecordsQuarantined", Unit.COUNT, Scope.DATA_CENTER),
    QUARANTINED_PERCENT("QuarantinedPercent", Unit.PERCENT, Scope.DATA_CENTER),
    RECORDS_ERASED("RecordsErased", Unit.COUNT, Scope.DATA_CENTER),
    RECORDS_WITHOUT_EVENT("RecordsWithoutEvent", Unit.COUNT, Scope.DATA_CENTER),
    CAST_FAILURES("CastFailures", Unit.COUNT, Scope.DATA_CENTER),
    RANGES_DEFERRED("RangesDeferred", Unit.COUNT, Scope.DATA_CENTER),
    OFFSETS_LOST("OffsetsLost", Unit.COUNT, Scope.DATA_CENTER),
    FRESHNESS("FreshnessSeconds", Unit.SECONDS, Scope.DATA_CENTER),
    BATCH("BatchSeconds", Unit.SECONDS, Scope.LAKE),
    LAG("LagRecords", Unit.COUNT, Scope.DATA_CENTER),
    UNREACHABLE("DataCentersUnreachable", Unit.COUNT, Scope.DATA_CENTER),
    HALTED("DataCentersHalted", Unit.COUNT, Scope.DATA_CENTER),
    TOPICS_HALTED("TopicsHalted", Unit.COUNT, Scope.DATA_CENTER),
    DATA_CENTERS_FILE_UNUSABLE("DataCentersFileUnusable", Unit.COUNT, Scope.LAKE),
    RETENTION_USED("RetentionUsedPercent", Unit.PERCENT, Scope.DATA_CENTER),
    RETENTION_LEFT("RetentionLeftSeconds", Unit.SECONDS, Scope.DATA_CENTER),
    VALID_THROUGH_AGE("ValidThroughAgeSeconds", Unit.SECONDS, Scope.DATA_CENTER),
    MERGE("MergeSeconds", Unit.SECONDS, Scope.LAKE),
    STAGING_BACKLOG("StagingBacklogSeconds", Unit.SECONDS, Scope.LAKE),
    ROWS_MERGED("RowsMerged", Unit.COUNT, Scope.DATA_CENTER),
    ROWS_DUPLICATE("RowsDuplicate", Unit.COUNT, Scope.DATA_CENTER),
    ROWS_CONFLICTING("RowsConflicting", Unit.COUNT, Scope.DATA_CENTER),
    MERGE_STEPS_FAILED("MergeStepsFailed", Unit.COUNT, Scope.LAKE),
    MERGED_FILES("MergedFiles", Unit.COUNT, Scope.LAKE),
    AUDIT_FINDINGS("AuditFindings", Unit.COUNT, Scope.LAKE),
    OFFSETS_SKIPPED("OffsetsSkipped", Unit.COUNT, Scope.LAKE),
    OFFSETS_PENDING("OffsetsPending", Unit.COUNT, Scope.LAKE);

    /** The dimension that names a data center; the value for the lake as a whole has no dimension. */
    public static final String DATA_CENTER = "DataCenter";

    /** The unit of a value, by CloudWatch's name. */
    public enum Unit {
        COUNT("Count"),
        SECONDS("Seconds"),
        PERCENT("Percent");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Whether each data center has a value in addition to the one for the lake. */
    public enum Scope {
        LAKE,
        DATA_CENTER
    }

    private final String title;
    private final Unit unit;
    private final Scope scope;

    Metric(String title, Unit unit, Scope scope) {
        this.title = title;
        this.unit = unit;
        this.scope = scope;
    }

    public String title() {
        return title;
    }

    public Unit unit() {
        return unit;
    }

    public Scope scope() {
        return scope;
    }
}
