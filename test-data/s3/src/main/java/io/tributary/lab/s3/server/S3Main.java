package io.tributary.lab.s3.server;

import io.tributary.lab.s3.front.FaultProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * The process that serves S3 on this machine's loopback address.
 *
 * <pre>
 *   --dir DIR --bucket b --port p ──► DIR/b (made or reused) ──► READY port
 *   --front-port q                ──► a front before it that spoils requests ──► FRONT port
 *   SIGTERM or end of standard input ──► the server is stopped
 * </pre>
 *
 * <p>Objects outlive the process, except with {@code --versions true}. A PUT with {@code If-None-Match: *} or {@code If-Match} has one winner; any credentials are accepted. The
 * end of standard input stops it, so it never outlives the process that started it, however that one ended.
 */
public final class S3Main {

    private static final long STOP_WITHIN_MS = 2_000;

    private S3Main() {}

    public static void main(String[] args) {
        System.exit(run(args, System.in, System.out, System.err));
    }

    private static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        S3Arguments arguments;
        try {
            arguments = S3Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        }
        try {
            Files.createDirectories(arguments.dir());
        } catch (IOException e) {
            err.println("The directory " + arguments.dir() + " cannot be made: " + e.getMessage());
            return 2;
        }
        try (AbstractNio2BlobStore objects = objects(arguments)) {
            if (!objects.containerExists(arguments.bucket())) {
                objects.createContainer(arguments.bucket());
            }
            if (arguments.keepsVersions()) {
                objects.putBucketVersioning(arguments.bucket(), BucketVersioningStatus.ENABLED);
            }
            ConditionalBlobStore conditional = new ConditionalBlobStore(objects);
            S3Proxy server = S3Proxy.builder()
                    .blobStore(
                            arguments.latency().isZero()
                                    ? conditional
                                    : new LatencyBlobStore(conditional, arguments.latency()))
                    .endpoint(URI.create("http://127.0.0.1:" + arguments.port()))
                    .awsAuthentication(AuthenticationType.NONE, null, null)
                    .ignoreUnknownHeaders(true)
                    .stopTimeout(STOP_WITHIN_MS)
                    .build();
            start(server, arguments);
            if (arguments.frontPort().isPresent()) {
                serveWithFront(server.getPort(), arguments, in, out);
            } else {
                ready(server.getPort(), out);
                awaitEnd(in);
            }
            stop(server);
        } catch (IOException e) {
            throw new IllegalStateException("Standard input, which tells this process to go on, cannot be read", e);
        }
        return 0;
    }

    /** The store on the disk keeps no versions, the one in memory does. */
    private static AbstractNio2BlobStore objects(S3Arguments arguments) {
        return arguments.keepsVersions()
                ? new TransientNio2BlobStore()
                : new FilesystemNio2BlobStore(arguments.dir().toAbsolutePath().toString());
    }

    private static void ready(int port, PrintStream out) {
        out.println("READY " + port);
        out.flush();
    }

    /** The front is told on standard input what to spoil; the end of that ends the process as well. */
    private static void serveWithFront(int port, S3Arguments arguments, InputStream in, PrintStream out)
            throws IOException {
        try (FaultProxy front = FaultProxy.open(arguments.frontPort().orElseThrow(), port, arguments.seed(), out)) {
            out.println("FRONT " + front.port());
            ready(port, out);
            front.commands().follow(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        }
    }

    private static void start(S3Proxy server, S3Arguments arguments) {
        try {
            server.start();
        } catch (Exception e) { // What the server declares.
            throw new IllegalStateException("S3 cannot be served on 127.0.0.1:" + arguments.port(), e);
        }
    }

    private static void stop(S3Proxy server) {
        try {
            server.stop();
        } catch (Exception e) { // What the server declares.
            throw new IllegalStateException("The server does not stop", e);
        }
    }

    private static void awaitEnd(InputStream in) throws IOException {
        byte[] ignored = new byte[64];
        while (in.read(ignored) >= 0) {
            // What is typed means nothing; only the end does.
        }
    }
}
