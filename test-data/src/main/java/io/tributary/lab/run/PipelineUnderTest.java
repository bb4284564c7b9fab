package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.lake.view.LakeSql;
import io.tributary.schema.Lake;

/**
 * The pipeline that a run drives.
 *
 * @param sql asks the view as a reader does
 */
public record PipelineUnderTest(LakeDirectory directory, PipelineConfig config, Lake lake, LakeSql sql) {}
