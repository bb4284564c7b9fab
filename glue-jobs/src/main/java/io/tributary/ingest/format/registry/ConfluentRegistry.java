package io.tributary.ingest.format.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.RegistryConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A registry by Confluent's API. It is only read. */
final class ConfluentRegistry implements SchemaRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final int MAX_REFERENCES = 100;

    /** The only answers that mean that there is no such subject, version or schema. Any 404 may come from a wrong address. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private final String url;
    private final Optional<String> authorization;

    ConfluentRegistry(RegistryOptions options) {
        this.url = options.config().url();
        Map<String, String> login = options.login();
        this.authorization = login.isEmpty()
                ? Optional.empty()
                : Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (login.get(RegistryConfig.USERNAME) + ":" + login.get(RegistryConfig.PASSWORD))
                                                .getBytes(StandardCharsets.UTF_8)));
    }

    private record Answer(int status, JsonNode body) {}

    @Override
    public Optional<SchemaText> find(String id) throws IOException {
        Answer answer = get("/schemas/ids/" + id);
        if (isMissing(answer)) {
            return Optional.empty();
        }
        JsonNode schema = require(answer);
        Map<String, String> references = new LinkedHashMap<>();
        if (!collect(schema, references, 0)) {
            return Optional.empty();
        }
        return Optional.of(new SchemaText(
                SchemaText.kind(schema.path("schemaType").asText("AVRO")),
                schema.path("schema").asText(),
                references));
    }

    private static boolean isMissing(Answer answer) {
        return answer.status() == HttpURLConnection.HTTP_NOT_FOUND
                && NOT_FOUND.contains(answer.body().path("error_code").asInt());
    }

    /** False if a schema that it refers to is not there any more. */
    private boolean collect(JsonNode schema, Map<String, String> references, int depth) throws IOException {
        for (JsonNode reference : schema.path("references")) {
            String name = reference.path("name").asText();
            if (references.containsKey(name)) {
                continue;
            }
            if (references.size() >= MAX_REFERENCES || depth >= MAX_REFERENCES) {
                throw new IOException("a schema refers to more than " + MAX_REFERENCES + " others");
            }
            Answer answer = get("/subjects/"
                    + URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8)
                            .replace("+", "%20")
                    + "/versions/" + reference.path("version").asInt() + "?deleted=true");
            if (isMissing(answer)) {
                return false;
            }
            JsonNode referred = require(answer);
            if (!collect(referred, references, depth + 1)) {
                return false;
            }
            references.put(name, referred.path("schema").asText());
        }
        return true;
    }

    private JsonNode require(Answer answer) throws IOException {
        if (answer.status() != HttpURLConnection.HTTP_OK || !answer.body().hasNonNull("schema")) {
            throw new IOException(
                    answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED
                                    || answer.status() == HttpURLConnection.HTTP_FORBIDDEN
                            ? "it refuses the login (HTTP " + answer.status() + ")"
                            : "it answers HTTP " + answer.status() + ", not as the API of a registry");
        }
        return answer.body();
    }

    private Answer get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        authorization.ifPresent(value -> connection.setRequestProperty("Authorization", value));
        int status = connection.getResponseCode();
        // Read to its end, so that the connection serves the next request as well.
        try (InputStream body = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            return new Answer(status, body == null ? JSON.nullNode() : json(read(body)));
        }
    }

    /** A read waits as long as a request; all together wait no longer than twice that. */
    private static byte[] read(InputStream body) throws IOException {
        long end = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 14];
        for (int length = body.read(part); length >= 0; length = body.read(part)) {
            read.write(part, 0, length);
            if (read.size() > MAX_ANSWER_BYTES) {
                throw new IOException("its answer is longer than any schema");
            }
            if (System.nanoTime() > end) {
                throw new IOException("its answer takes longer than " + TIMEOUT_MILLIS + " ms");
            }
        }
        return read.toByteArray();
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // What else answers there may show anything; its words stay where they are.
            return JSON.nullNode();
        }
    }
}
