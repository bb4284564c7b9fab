package io.tributary.lake.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.error.OperatorActionException;
import java.util.ArrayList;
import java.util.List;

/** Copies of erasure requests in one file: an array of their texts. */
final class ErasurePack {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ErasurePack() {}

    static String toText(List<ErasureRequest> requests) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        requests.forEach(request -> texts.add(request.toText()));
        return texts.toString();
    }

    /** @throws OperatorActionException if the text is none of a pack */
    static List<ErasureRequest> parse(String text, String origin) {
        try {
            List<ErasureRequest> requests = new ArrayList<>();
            for (JsonNode one : JSON.readTree(text)) {
                requests.add(ErasureRequest.parse(one.asText(), origin));
            }
            return requests;
        } catch (JsonProcessingException e) {
            throw new OperatorActionException(
                    "The file " + origin + " cannot be read: " + e.getMessage()
                            + ". It holds copies of erasures. Remove it: they are read one by one then, and the next run of the"
                            + " merge job writes it again.",
                    e);
        }
    }
}
