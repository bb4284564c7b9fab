package io.tributary.config.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The kinds of YAML nodes, and their names in messages. */
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

    /** The text of a scalar as written in the file, without its quotes. */
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

    /** The kind of a node, without its text: text in the place of keys may be a secret. */
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
