package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the policies of a stage may allow at most, as {@code allowed-statements.yaml} lists it. */
final class AllowedStatements {

    private static final String FILE = "allowed-statements.yaml";
    private static final String PARTITION = "aws";

    private final JsonNode entries;
    private final Map<String, String> places;
    private final Map<String, List<String>> lists;

    private AllowedStatements(JsonNode entries, StageFiles files) {
        this.entries = entries;
        StageSettings settings = files.settings();
        this.places = Map.of(
                "{qualifier}", settings.bootstrap().qualifier(),
                "{stage}", settings.stage(),
                "{account}", settings.account(),
                "{region}", settings.region(),
                "{partition}", PARTITION,
                "{database}", files.pipeline().tables().database(),
                "{subnet}", settings.network().subnet());
        this.lists = Map.of(
                "{secrets}", settings.secrets().all(),
                "{secret-keys}", settings.secretKeys(),
                "{packages-key}", settings.bootstrap().key().stream().toList(),
                "{msk-clusters}", settings.mskClusters(),
                "{msk-topics}",
                        settings.mskClusters().stream()
                                .map(cluster -> cluster.replace(":cluster/", ":topic/") + "/*")
                                .toList(),
                "{schema-registries}",
                        settings.schemaRegistries().stream()
                                .flatMap(registry -> Stream.of(registry, Permissions.schemasOf(registry)))
                                .toList());
    }

    static AllowedStatements of(StageFiles files) {
        try (InputStream yaml = AllowedStatements.class.getResourceAsStream(FILE)) {
            Object read = new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(yaml);
            return new AllowedStatements(new ObjectMapper().valueToTree(read), files);
        } catch (IOException e) {
            throw new UncheckedIOException("The list " + FILE + " of this package cannot be read", e);
        }
    }

    /**
     * Whether a statement allows no more than an entry does.
     *
     * @param policy the policy's logical id, without CDK's hash
     */
    boolean contain(String policy, JsonNode statement) {
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> texts(entry.path("policies")).contains(policy))
                .filter(entry -> entry.path("sid")
                        .asText("")
                        .equals(statement.path("Sid").asText("")))
                .anyMatch(entry -> covers(entry, statement));
    }

    /** {@code NotAction}, {@code NotResource} and {@code NotPrincipal} would be more than anything that is listed. */
    private boolean covers(JsonNode entry, JsonNode statement) {
        Set<String> keys = new HashSet<>();
        statement.fieldNames().forEachRemaining(keys::add);
        keys.removeAll(Set.of("Sid", "Effect", "Action", "Resource", "Principal", "Condition"));
        return keys.isEmpty()
                && listed(entry, "actions").containsAll(values(statement.path("Action")))
                && listed(entry, "resources").containsAll(values(statement.path("Resource")))
                && listed(entry, "principals").equals(principals(statement.path("Principal")))
                && conditions(entry.path("conditions")).equals(conditions(statement.path("Condition")));
    }

    private Set<String> listed(JsonNode entry, String key) {
        Set<String> all = new TreeSet<>();
        for (String text : texts(entry.path(key))) {
            all.addAll(lists.containsKey(text) ? lists.get(text) : List.of(inPlace(text)));
        }
        return all;
    }

    private static Set<String> principals(JsonNode principal) {
        Set<String> all = new TreeSet<>();
        if (principal.isObject()) {
            principal.forEach(named -> all.addAll(values(named)));
        } else {
            all.addAll(values(principal));
        }
        return all;
    }

    /** Each operator and key with its values. */
    private Map<String, Set<String>> conditions(JsonNode node) {
        Map<String, Set<String>> all = new TreeMap<>();
        node.properties().forEach(operator -> operator.getValue()
                .properties()
                .forEach(key -> all.put(
                        operator.getKey() + " " + key.getKey(), new TreeSet<>(values(inPlace(key.getValue()))))));
        return all;
    }

    private JsonNode inPlace(JsonNode node) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (node.isTextual()) {
            return all.add(inPlace(node.asText()));
        }
        if (node instanceof ObjectNode) {
            return node;
        }
        node.forEach(one -> all.add(one.isTextual() ? all.textNode(inPlace(one.asText())) : one));
        return all;
    }

    private String inPlace(String text) {
        String filled = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            filled = filled.replace(place.getKey(), place.getValue());
        }
        return filled;
    }

    private static List<String> values(JsonNode node) {
        return TemplateValue.all(node, PARTITION);
    }

    private static List<String> texts(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
