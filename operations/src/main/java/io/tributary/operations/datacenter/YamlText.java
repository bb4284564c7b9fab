package io.tributary.operations.datacenter;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where nodes lie in a YAML text, and its lines. Places are indexes of the text's characters. */
record YamlText(String text) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Set<String> NO_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off");

    int start(Node node) {
        return index(node.getStartMark());
    }

    /** Where a node's text ends. The parser's mark of a block lies behind the comments that follow it. */
    int end(Node node) {
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK) {
            List<NodeTuple> tuples = mapping.getValue();
            return end(tuples.get(tuples.size() - 1).getValueNode());
        }
        if (node instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK) {
            List<Node> items = sequence.getValue();
            return end(items.get(items.size() - 1));
        }
        int start = start(node);
        return start
                + text.substring(start, index(node.getEndMark()))
                        .stripTrailing()
                        .length();
    }

    static int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn();
    }

    static boolean isFlow(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    static Optional<NodeTuple> tuple(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst();
    }

    private int index(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Where the line ends, before its line break. */
    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            return text.length();
        }
        return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** Where the next line starts; the end of the text if there is none. */
    int nextLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    String line(int at) {
        return text.substring(lineStart(at), lineEnd(at));
    }

    String lineBreak() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    String replaced(int from, int until, String by) {
        return text.substring(0, from) + by + text.substring(until);
    }

    /** A text as a YAML scalar, in quotes where it needs them. */
    static String scalar(String value) {
        return PLAIN.matcher(value).matches() && !NO_TEXT.contains(value.toLowerCase(Locale.ROOT))
                ? value
                : quoted(value);
    }

    static String quoted(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}
