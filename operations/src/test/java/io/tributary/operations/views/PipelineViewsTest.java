package io.tributary.operations.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TablesConfig;
import io.tributary.operations.status.GeneratedTail;
import io.tributary.operations.status.GeneratedTail.Part;
import io.tributary.schema.Lake;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The texts of the views that analysts join. */
class PipelineViewsTest {

    private static final Lake LAKE = new Lake("/lake", TablesConfig.DEFAULTS);

    @Test
    void aDataCenterIsARowWithUpToWhenItIsQueryable() {
        Part flows = Part.of(100, 0L);
        ValuesView status = views(GeneratedTail.ofBatches(10)
                        .batches(5, Map.of("fra", flows, "nyc", flows))
                        .merge()
                        .batches(5, Map.of("fra", flows)))
                .get(0);

        assertThat(status.name()).isEqualTo("pipeline_status");
        assertThat(status.sql())
                .startsWith("SELECT CAST(\"data_center\" AS varchar) AS \"data_center\", "
                        + "CAST(\"valid_through\" AS timestamp(3) with time zone) AS \"valid_through\", ")
                .contains("('fra', TIMESTAMP '2026-03-01 07:59:52.000 UTC', TIMESTAMP '2026-03-01 07:59:02.000 UTC', "
                        + "TIMESTAMP '2026-03-01 07:59:55.000 UTC')")
                .endsWith("AS t (\"data_center\", \"valid_through\", \"merged_through\", \"as_of\")");
    }

    @Test
    void namesAndErrorsStayLiterals() {
        String name = "a'), ('b\\";
        ValuesView log = views(GeneratedTail.ofBatches(2).batches(2, Map.of(name, Part.of(1, 0L))))
                .get(1);

        assertThat(log.name()).isEqualTo("pipeline_log");
        assertThat(log.sql()).contains("'a''), (''b\\'").doesNotContain("'" + name + "'");
    }

    @Test
    void aLakeWithoutDataCentersHasViewsWithoutRows() {
        assertThat(views(GeneratedTail.ofBatches(1)))
                .allSatisfy(
                        view -> assertThat(view.sql()).contains("(NULL, NULL").endsWith("\nWHERE false"));
    }

    private static List<ValuesView> views(GeneratedTail tail) {
        return PipelineViews.of(tail.tail(), LAKE);
    }
}
