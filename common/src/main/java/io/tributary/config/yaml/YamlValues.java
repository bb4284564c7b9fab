package io.tributary.config.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a YAML node is, and how a message calls it. */
public final class YamlValues {

    private YamlValues() {}

    static boolean isNothing(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    static boolean isWholeNumber(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.INT);
    }

    static boolean isText(Node node) {
        return node instanceof ScalarNode && !isNothing(node) && !isNumber(node) && !isTruthValue(node);
    }

    public static boolean isScalar(Node node) {
        return node instanceof ScalarNode && !isNothing(node);
    }

    /** The characters of a scalar as they stand in the file, after quotes are taken off. */
    public static String written(Node scalar) {
        return ((ScalarNode) scalar).getValue();
    }

    public static String described(Node node) {
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (node instanceof MappingNode) {
            return "a group of keys";
        }
        if (isNothing(node)) {
            return "nothing";
        }
        return isText(node) ? Quoted.of(written(node)) : written(node);
    }

    /** What kind of thing stands there, without showing it: text in the place of keys may be a secret. */
    static String kind(Node node) {
        return isText(node) ? "text" : described(node);
    }

    private static boolean isNumber(Node node) {
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    }

    private static boolean isTruthValue(Node node) {
        return node.getTag().equals(Tag.BOOL);
    }
}
