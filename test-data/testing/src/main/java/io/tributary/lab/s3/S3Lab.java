package io.tributary.lab.s3;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.process.Readiness;
import io.tributary.runtime.S3Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that serves S3; once made, it serves, and closing it ends it. */
public final class S3Lab implements AutoCloseable {

    private static final String MODULE = "test-data/s3";
    private static final String MAIN = "io.tributary.lab.s3.server.S3Main";
    private static final String HEAP = "256m";
    private static final String READY = "READY ";
    private static final String FRONT = "FRONT ";

    private final ChildProcess process;
    private final S3LabSpec spec;
    private final S3Front front;

    private S3Lab(ChildProcess process, S3LabSpec spec, S3Front front) {
        this.process = process;
        this.spec = spec;
        this.front = front;
    }

    /** Starts the process and waits until it serves; a failure carries what the process said. */
    public static S3Lab start(ProjectRoot root, S3LabSpec spec) {
        ChildProcess process = ChildProcess.start("s3 " + spec.bucket(), command(root, spec), spec.log());
        S3Front front = new S3Front(process);
        try {
            return new S3Lab(process, spec.onPort(awaitReady(process, spec, front)), front);
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

    private static int awaitReady(ChildProcess process, S3LabSpec spec, S3Front front) {
        return new Readiness(spec.readyWithin(), "did not serve", "ended before it served")
                .await(process, line -> heard(line, front));
    }

    private static Optional<Integer> heard(String line, S3Front front) {
        if (line.startsWith(READY)) {
            return Optional.of(Integer.valueOf(line.substring(READY.length())));
        }
        if (line.startsWith(FRONT)) {
            front.serves(Integer.parseInt(line.substring(FRONT.length())));
        } else {
            front.said(line);
        }
        return Optional.empty();
    }

    /** What it serves, with the port that it has. */
    public S3LabSpec spec() {
        return spec;
    }

    /** How a job reaches it: through the front, if there is one. */
    public S3Endpoint endpoint() {
        return endpoint(front.port().orElse(spec.port()));
    }

    /** How it is reached past the front. */
    public S3Endpoint endpointBehindTheFront() {
        return endpoint(spec.port());
    }

    private static S3Endpoint endpoint(int port) {
        return new S3Endpoint(
                URI.create("http://127.0.0.1:" + port), Optional.of("lab-key"), Optional.of("lab-secret"));
    }

    /** What spoils its requests; of use only where the spec asked for one. */
    public S3Front front() {
        return front;
    }

    /** The place of something in the bucket, {@code s3://bucket/key}. */
    public String uri(String key) {
        return "s3://" + spec.bucket() + "/" + key;
    }

    /** Where {@link #uri} lies on this machine. */
    public Path folder(String key) {
        return spec.dir().resolve(spec.bucket()).resolve(key);
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
