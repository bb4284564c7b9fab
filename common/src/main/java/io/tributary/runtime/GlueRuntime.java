package io.tributary.runtime;

import com.amazonaws.services.glue.GlueContext;
import com.amazonaws.services.glue.util.Job;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark as AWS Glue provides it, and Glue's bookkeeping of the job run. No other class depends on Glue.
 *
 * <p>Glue stops Spark itself, after it has recorded how the run ended.
 */
final class GlueRuntime implements JobRuntime {

    /** The Spark setting, and system property, in which Glue stores the job's name. */
    static final String JOB_NAME = "spark.glue.JOB_NAME";

    private final SparkSession spark;

    private GlueRuntime(SparkSession spark) {
        this.spark = spark;
    }

    /** Whether this process is a job run of Glue. */
    static boolean isHere() {
        return System.getProperty(JOB_NAME) != null;
    }

    /** @param ofGlue the arguments that Glue added, for its bookkeeping */
    static GlueRuntime open(Map<String, String> ofGlue, int shufflePartitions) {
        if (!isHere()) {
            throw new InvalidInputException("This process is not a job run of AWS Glue: the system property " + JOB_NAME
                    + ", which Glue sets, is missing. Start the job on Glue, or with --runtime local.");
        }
        LogLevels.reduce();
        SparkConf conf = new SparkConf();
        Map<String, String> settings = SparkSettings.forJob(shufflePartitions);
        settings.forEach(conf::set);
        GlueContext glue = new GlueContext(SparkContext.getOrCreate(conf));
        SparkSession spark = glue.getSparkSession();
        requireInForce(settings, spark);
        job("init", List.of(String.class, GlueContext.class, Map.class), conf.get(JOB_NAME), glue, ofGlue);
        return new GlueRuntime(spark);
    }

    /**
     * Checks the settings that take effect only when Spark starts. If Spark was already running without them, what
     * depends on them would fail later.
     */
    private static void requireInForce(Map<String, String> settings, SparkSession spark) {
        Map<String, String> others = new TreeMap<>();
        settings.forEach((name, value) -> {
            String inForce = spark.conf().get(name, "");
            if (!inForce.equals(value)) {
                others.put(name, inForce);
            }
        });
        if (!others.isEmpty()) {
            throw new OperatorActionException("Spark runs with other settings than this job needs, here as they are in"
                    + " force: " + others + ". Remove what sets them from the Glue job's --conf.");
        }
    }

    /** Calls the Scala object by reflection, since AWS does not document the full signatures that linking needs. */
    private static void job(String method, List<Class<?>> parameters, Object... arguments) {
        try {
            Job.class.getMethod(method, parameters.toArray(Class<?>[]::new)).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Glue's bookkeeping of the job run failed in " + method, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Glue's library has no method Job." + method + parameters, e);
        }
    }

    @Override
    public SparkSession spark() {
        return spark;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** Only for Glue's bookkeeping: its bookmarks support neither streams nor Delta. */
    @Override
    public void done() {
        job("commit", List.of());
    }

    @Override
    public void close() {}
}
