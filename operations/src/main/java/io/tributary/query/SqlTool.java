package io.tributary.query;

import io.tributary.cli.ArgumentReader;
import io.tributary.config.PipelineConfig;
import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.status.LakeTailReader;
import io.tributary.operations.views.PipelineViews;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Console;
import scala.runtime.BoxedUnit;

/** Prints the answer to one SQL query over a lake: {@code --lake URI [--config FILE] [--rows N] --query SQL}. */
public final class SqlTool {

    private static final int ROWS = 1000;
    private static final int WIDTH = 120;

    /** SQL states of mistakes: data that an expression cannot take, cardinalities, syntax and names, raised errors. */
    private static final List<String> QUERY_STATES = List.of("22", "21", "42", "P0");

    private SqlTool() {}

    public static void main(String[] arguments) {
        System.exit(exitCode(arguments));
    }

    /** Runs the query, says what ended it, and gives the exit code: 2 if the query is at fault. */
    public static int exitCode(String... arguments) {
        return JobExit.of("sql", () -> run(arguments));
    }

    private static void run(String[] arguments) throws Exception {
        ArgumentReader reader = new ArgumentReader(arguments);
        Optional<String> lake = reader.optional("lake");
        Optional<String> configFile = reader.optional("config");
        int rows = reader.optional("rows", Integer::valueOf).orElse(ROWS);
        String query = reader.required("query", "the SQL to run");
        reader.finish();
        try (JobRuntime runtime = LocalRuntime.open("tributary-sql", 4)) {
            HadoopFiles files = new HadoopFiles(runtime.spark().sessionState().newHadoopConf());
            PipelineConfig config = PipelineConfig.of(configFile, files::read);
            LakeSql sql = new LakeSql(runtime.spark(), Lake.of(lake, config));
            sql.addRollups(config.rollups());
            Lake place = Lake.of(lake, config);
            LakeTailReader ends =
                    new LakeTailReader(place, runtime.spark().sessionState().newHadoopConf(), runtime.clock());
            PipelineViews.of(ends.read(), place)
                    .forEach(view -> view.rows(runtime.spark()).createOrReplaceTempView(view.name()));
            show(sql, query, rows);
        }
    }

    private static void show(LakeSql sql, String query, int rows) throws Exception {
        try {
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            Dataset<Row> answer = sql.query(query);
            Console.withOut(shown, () -> {
                answer.show(rows, WIDTH);
                return BoxedUnit.UNIT;
            });
            System.out.print(harmless(shown.toString(Charset.defaultCharset())));
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            throw refusal(e).<Exception>map(refused -> refused).orElse(e);
        }
    }

    /** Values come from producers, and a terminal would obey what steers it. */
    private static String harmless(String text) {
        return text.lines().map(Quoted::plain).collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isMistake(SparkThrowable failure) {
        return QUERY_STATES.stream().anyMatch(String.valueOf(failure.getSqlState())::startsWith);
    }

    /** What is wrong with the query, if the failure is the query's: it says something that cannot be said, or computed. */
    /** What {@code raise_error} and {@code assert_true} of a query throw. */
    private static boolean isRaised(Throwable cause) {
        return cause.getClass().equals(RuntimeException.class) && cause.getCause() == null;
    }

    private static Optional<InvalidInputException> refusal(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean isOfTheQuery = cause instanceof AnalysisException
                    || (cause instanceof SparkThrowable known && isMistake(known))
                    || isRaised(cause);
            if (isOfTheQuery) {
                // What follows is Spark's plan of the query.
                String words =
                        String.valueOf(cause.getMessage()).split("\n'", 2)[0].strip();
                return Optional.of(new InvalidInputException(
                        "The query cannot be answered: " + words
                                + "\nCorrect it; docs/querying.md names tables, columns, and what differs from Athena.",
                        null));
            }
        }
        return Optional.empty();
    }
}
