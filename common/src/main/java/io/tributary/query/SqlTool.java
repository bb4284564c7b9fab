package io.tributary.query;

import io.tributary.config.PipelineConfig;
import io.tributary.runtime.ArgumentReader;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LakeFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.table.Lake;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Prints the answer to one SQL query over a lake: {@code --lake URI [--config FILE] [--rows N] --query SQL}. */
public final class SqlTool {

    private static final int ROWS = 1000;
    private static final int WIDTH = 120;

    private SqlTool() {}

    public static void main(String[] arguments) {
        int code = JobExit.of("sql", () -> run(arguments));
        System.exit(code);
    }

    private static void run(String[] arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        Optional<String> lake = reader.optional("lake");
        Optional<String> configFile = reader.optional("config");
        int rows = reader.optional("rows", Integer::valueOf).orElse(ROWS);
        String query = reader.required("query", "the SQL to run");
        reader.finish();
        try (JobRuntime runtime = LocalRuntime.open("tributary-sql", 4)) {
            LakeFiles files = new LakeFiles(runtime.spark().sessionState().newHadoopConf());
            PipelineConfig config = configFile
                    .map(file -> PipelineConfig.parse(files.read(file), file))
                    .orElseGet(PipelineConfig::defaults);
            LakeSql sql = new LakeSql(runtime.spark(), Lake.of(lake, config));
            sql.addRollups(config.rollups());
            Dataset<Row> answer = sql.query(query);
            answer.show(rows, WIDTH);
        }
    }
}
