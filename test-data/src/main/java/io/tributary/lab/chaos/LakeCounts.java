package io.tributary.lab.chaos;

import io.tributary.columns.Columns;
import io.tributary.lab.run.PipelineUnderTest;
import io.tributary.schema.Lake;

/** How much there is in a lake now of a few events, which are known by how their ids begin. */
final class LakeCounts {

    private final PipelineUnderTest pipeline;

    LakeCounts(PipelineUnderTest pipeline) {
        this.pipeline = pipeline;
    }

    /** Rows that the view shows. */
    long shown(String ids) {
        return count(pipeline.lake().names().view() + ofIds(ids));
    }

    /** Rows of staging and of the merged table, whether the view shows them or not. */
    long stored(String ids) {
        Lake lake = pipeline.lake();
        return count("delta.`" + lake.staging() + "`" + ofIds(ids))
                + count("delta.`" + lake.merged() + "`" + ofIds(ids));
    }

    /** Rejected records that hold such an id. */
    long quarantined(String ids) {
        return count("delta.`" + pipeline.lake().quarantine() + "` WHERE decode(" + Columns.RAW + ", 'UTF-8') LIKE '%"
                + ids + "%'");
    }

    private static String ofIds(String ids) {
        return " WHERE " + Columns.EVENT_ID + " LIKE '" + ids + "%'";
    }

    private long count(String from) {
        return pipeline.sql().query("SELECT count(*) FROM " + from).first().getLong(0);
    }
}
