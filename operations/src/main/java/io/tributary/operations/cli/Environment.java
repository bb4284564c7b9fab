package io.tributary.operations.cli;

import io.tributary.aws.s3.EndpointProbe;
import io.tributary.config.PipelineConfig;
import io.tributary.runtime.HadoopFiles;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What commands work with. A command takes it as the one parameter of its constructor.
 *
 * @param hadoop settings for access to lakes and configuration files
 * @param clock the time now
 * @param out where answers go, UTF-8
 * @param err where problems go, UTF-8
 * @param terminal where a question is asked before something is changed
 */
public record Environment(Configuration hadoop, Clock clock, PrintStream out, PrintStream err, Terminal terminal) {

    private static final Duration ENDPOINT_TIMEOUT = Duration.ofSeconds(4);

    /** Without a terminal. */
    public Environment(Configuration hadoop, Clock clock, PrintStream out, PrintStream err) {
        this(hadoop, clock, out, err, Terminal.NONE);
    }

    /** A place that is read or written, if it can be: who types a command does not wait for S3 as long as a job does. */
    String reachable(String uri) {
        EndpointProbe.requireAnswer(uri, hadoop, ENDPOINT_TIMEOUT);
        return uri;
    }

    /** The pipeline configuration in a file, else the defaults. */
    PipelineConfig pipelineConfig(Optional<String> uri) {
        uri.ifPresent(this::reachable);
        return PipelineConfig.of(uri, new HadoopFiles(hadoop)::read);
    }
}
