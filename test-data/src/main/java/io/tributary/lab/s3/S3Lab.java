package io.tributary.lab.s3;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.process.Readiness;
import io.tributary.runtime.S3Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A process that serves S3; once made, it serves, and closing it ends it. */
public final class S3Lab implements AutoCloseable {

    private static final String MODULE = "test-data/s3";
    private static final String MAIN = "io.tributary.lab.s3.server.S3Main";
    private static final String HEAP = "256m";
    private static final String READY = "READY ";

    private final ChildProcess process;
    private final S3LabSpec spec;

    private S3Lab(ChildProcess process, S3LabSpec spec) {
        this.process = process;
        this.spec = spec;
    }

    /** Starts the process and waits until it serves; a failure carries what the process said. */
    public static S3Lab start(ProjectRoot root, S3LabSpec spec) {
        ChildProcess process = ChildProcess.start("s3 " + spec.bucket(), command(root, spec), spec.log());
        try {
            return new S3Lab(process, spec.onPort(awaitReady(process, spec)));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static List<String> command(ProjectRoot root, S3LabSpec spec) {
        List<String> command = JavaCommand.of(root, MODULE, HEAP, MAIN);
        command.addAll(spec.arguments());
        return command;
    }

    private static int awaitReady(ChildProcess process, S3LabSpec spec) {
        return new Readiness(spec.readyWithin(), "did not serve", "ended before it served")
                .await(
                        process,
                        line -> line.startsWith(READY)
                                ? Optional.of(Integer.valueOf(line.substring(READY.length())))
                                : Optional.empty());
    }

    /** What it serves, with the port that it has. */
    public S3LabSpec spec() {
        return spec;
    }

    /** How a job reaches it. */
    public S3Endpoint endpoint() {
        return new S3Endpoint(
                URI.create("http://127.0.0.1:" + spec.port()), Optional.of("lab-key"), Optional.of("lab-secret"));
    }

    /** The place of something in the bucket, {@code s3://bucket/key}. */
    public String uri(String key) {
        return "s3://" + spec.bucket() + "/" + key;
    }

    /** The process itself, to watch it or to kill it. */
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
