package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tributary.error.OperatorActionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class EndpointProbeTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void anEndpointThatNobodyServesIsToldInOneSentence() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, HERE)) {
            port = taken.getLocalPort();
        }

        assertThatThrownBy(() -> probe("s3://lake/tables", port))
                .isInstanceOf(OperatorActionException.class)
                .hasMessage("s3://lake/tables cannot be reached, since its S3 endpoint http://127.0.0.1:" + port
                        + " does not answer (Connection refused): start what serves it, or correct the network or the"
                        + " address in TRIBUTARY_S3_ENDPOINT or fs.s3a.endpoint, and type the command again.");
    }

    @Test
    void anEndpointThatTakesConnectionsAndSaysNothingDoesNotAnswer() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, HERE)) {
            long begun = System.nanoTime();

            assertThatThrownBy(() -> probe("s3a://lake/tables", mute.getLocalPort()))
                    .isInstanceOf(OperatorActionException.class)
                    .hasMessageContaining("does not answer (nothing within 500 ms)");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aRefusalIsAnAnswer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThatCode(() -> probe("s3://lake/tables", server.getAddress().getPort()))
                    .doesNotThrowAnyException();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsNotOnS3IsNotAsked() {
        assertThatCode(() -> probe("file:/data/lake", 1)).doesNotThrowAnyException();
        assertThatCode(() -> probe("/data/lake", 1)).doesNotThrowAnyException();
    }

    private static void probe(String uri, int port) {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
        EndpointProbe.requireAnswer(uri, hadoop, TIMEOUT);
    }
}
