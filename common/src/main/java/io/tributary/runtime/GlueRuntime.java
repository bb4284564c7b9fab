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
 * Spark as AWS Glue provides it, and Glue's bookkeeping of the job run. No other class knows Glue.
 *
 * <p>Glue ends Spark by itself, after it has noted how the run ended.
 */
final class GlueRuntime implements JobRuntime {

    /** The Spark setting, and system property, by which Glue names the job. */
    static final String JOB_NAME = "spark.glue.JOB_NAME";

    private final SparkSession spark;

    private GlueRuntime(SparkSession spark) {
        this.spark = spark;
    }

    /** Whether this process is a job run of Glue. */
    static boolean isHere() {
        return System.getProperty(JOB_NAME) != null;
    }

    /** @param ofGlue what Glue added to the job's arguments, for its bookkeeping */
    static GlueRuntime open(Map<String, String> ofGlue, int shufflePartitions) {
        if (!isHere()) {
            throw new InvalidInputException("This process is no job run of AWS Glue: the system property " + JOB_NAME
                    + ", which Glue sets, is missing. Start the job on Glue, or with --runtime local.");
        }
        SparkConf conf = new SparkConf();
        Map<String, String> settings = SparkSettings.forJob(shufflePartitions);
        settings.forEach(conf::set);
        GlueContext glue = new GlueContext(SparkContext.getOrCreate(conf));
        SparkSession spark = glue.getSparkSession();
        requireInForce(settings, spark);
        job("init", List.of(String.class, GlueContext.class, Map.class), conf.get(JOB_NAME), glue, ofGlue);
        return new GlueRuntime(spark);
    }

    /** Some settings count only when Spark starts; if Spark was there before, what depends on them would go wrong late. */
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

    /** Calls the Scala object by name and parameters, since AWS does not document all the results that a link needs. */
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

    /** Bookkeeping only: Glue's bookmarks know neither streams nor Delta. */
    @Override
    public void done() {
        job("commit", List.of());
    }

    @Override
    public void close() {}
}
