package io.tributary.operations.cli;

import io.tributary.config.ColumnConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.operations.columns.ColumnOutcomes;
import io.tributary.operations.columns.ColumnTrial;
import io.tributary.operations.columns.FillableColumns;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which columns are meant, and of which lake. */
public final class ColumnTrialOptions {

    private static final int SHUFFLE_PARTITIONS = 4;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private DataCentersOptions dataCenters;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many events of the last day are read at most (default: ${DEFAULT-VALUE}).")
    private int sample;

    LakeOptions lake() {
        return lake;
    }

    FillableColumns columns(Environment environment, List<String> names) {
        return FillableColumns.named(names, lake.pipelineConfig(environment), dataCenters.dataCenters(environment));
    }

    /**
     * Times cannot be filled without knowing how each data center writes them.
     *
     * @throws InvalidInputException if one of the columns holds timestamps, and no data-centers file is named
     */
    void requireDataCenters(FillableColumns columns) {
        if (dataCenters.isNamed()) {
            return;
        }
        columns.columns().stream()
                .filter(ColumnConfig::holdsTimestamps)
                .findFirst()
                .ifPresent(column -> {
                    throw new InvalidInputException(
                            "The column " + column.name() + " holds timestamps, and entries of the"
                                    + " data-centers file may say how their times are written. Name the stream's file with"
                                    + " --data-centers, or in TRIBUTARY_DATA_CENTERS.");
                });
    }

    ColumnOutcomes trial(Environment environment, FillableColumns columns) throws Exception {
        LocalDate today = LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC);
        try (JobRuntime runtime = LocalRuntime.open("tributary-columns", SHUFFLE_PARTITIONS)) {
            return new ColumnTrial(runtime.spark(), lake.lake(environment)).of(columns, today, Math.max(1, sample));
        }
    }
}
