package io.tributary.packages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Secrets Manager and CloudWatch in the little that the jobs ask of them. */
final class AwsServices implements AutoCloseable {

    private static final Pattern METRIC_NAME = Pattern.compile("(?<=MetricName[^A-Za-z]{1,40})[A-Z][A-Za-z]+");

    private final Map<String, String> secrets;
    private final Set<String> metrics = new ConcurrentSkipListSet<>();
    private final HttpServer server;

    AwsServices(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** The system properties by which the SDK finds both here. */
    Map<String, String> properties() {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        return new TreeMap<>(Map.of(
                "aws.endpointUrlSecretsManager", endpoint,
                "aws.endpointUrlCloudWatch", endpoint,
                "aws.region", "eu-central-1",
                "aws.accessKeyId", "lab-key",
                "aws.secretAccessKey", "lab-secret"));
    }

    /** The names of the metrics that were put. */
    Set<String> metrics() {
        return metrics;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = body(exchange);
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        byte[] answer = target.startsWith("secretsmanager") ? secret(request) : metrics(request);
        exchange.getResponseHeaders()
                .add("Content-Type", target.startsWith("secretsmanager") ? "application/x-amz-json-1.1" : "text/xml");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** The SDK compresses what it puts to CloudWatch from some size on. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean isCompressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in =
                isCompressed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    private byte[] secret(byte[] request) throws IOException {
        String id = new ObjectMapper().readTree(request).path("SecretId").asText();
        return new ObjectMapper().writeValueAsBytes(Map.of("Name", id, "SecretString", secrets.getOrDefault(id, "")));
    }

    private byte[] metrics(byte[] request) {
        String text = URLDecoder.decode(new String(request, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        METRIC_NAME.matcher(text).results().forEach(name -> metrics.add(name.group()));
        return "<PutMetricDataResponse><ResponseMetadata/></PutMetricDataResponse>".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
