package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The result of a run of the profile smoke. */
final class StoredResult {

    private StoredResult() {}

    static ObjectNode smoke() {
        try (InputStream in = StoredResult.class.getResourceAsStream("smoke.json")) {
            return (ObjectNode) new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
