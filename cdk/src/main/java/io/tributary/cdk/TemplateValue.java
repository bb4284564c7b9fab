package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A value of a template as one text: an attribute of a resource is {@code <Resource:Attribute>}, in whatever stack the
 * resource is, without the hash that CDK appends to its id.
 */
final class TemplateValue {

    private static final Pattern HASH = Pattern.compile("(?<=.)[0-9A-F]{8}$");
    private static final Pattern IMPORT =
            Pattern.compile("[a-z0-9-]+:ExportsOutputFnGetAtt(\\w+?)(?:[0-9A-F]{8})?(Arn|GroupId)[0-9A-F]{8}");

    private TemplateValue() {}

    /** What no rule names is shown as it is. */
    static String of(JsonNode node, String partition) {
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.size() == 1 && node.has("Ref")) {
            String name = node.path("Ref").asText();
            return name.equals("AWS::Partition") ? partition : "<" + withoutHash(name) + ":Ref>";
        }
        if (node.size() == 1 && node.has("Fn::GetAtt")) {
            JsonNode path = node.path("Fn::GetAtt");
            return "<" + withoutHash(path.path(0).asText()) + ":" + path.path(1).asText() + ">";
        }
        if (node.size() == 1 && node.has("Fn::ImportValue")) {
            Matcher imported = IMPORT.matcher(node.path("Fn::ImportValue").asText());
            return imported.matches() ? "<" + imported.group(1) + ":" + imported.group(2) + ">" : node.toString();
        }
        if (node.size() == 1
                && node.has("Fn::Join")
                && node.at("/Fn::Join/0").asText("?").isEmpty()) {
            return StreamSupport.stream(node.at("/Fn::Join/1").spliterator(), false)
                    .map(part -> of(part, partition))
                    .collect(Collectors.joining());
        }
        return node.toString();
    }

    /** The values of a node that is one or a list of them. */
    static List<String> all(JsonNode node, String partition) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> values.add(of(one, partition)));
        } else if (!node.isMissingNode()) {
            values.add(of(node, partition));
        }
        return values;
    }

    static String withoutHash(String id) {
        return HASH.matcher(id).replaceFirst("");
    }
}
