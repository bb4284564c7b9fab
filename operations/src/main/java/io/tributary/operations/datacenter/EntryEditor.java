package io.tributary.operations.datacenter;

import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Edits the text of a valid data-centers file. Only what an edit is about changes: comments, order and layout of
 * everything else stay as people wrote them. Each edit gives a new text.
 */
public final class EntryEditor {

    private static final String ALL = "data_centers";
    private static final String NAME = "name";

    /** A new key of an entry is put behind the last of these. */
    private static final List<String> BEFORE_A_NEW_KEY =
            List.of(NAME, "bootstrap_servers", "topics", "start", "state", "paused_until");

    private final YamlText yaml;
    private final NodeTuple all;
    private final SequenceNode entries;
    private final boolean isRootFlow;

    private EntryEditor(String text, MappingNode root) {
        this.yaml = new YamlText(text);
        this.all = YamlText.tuple(root, ALL).orElseThrow();
        this.entries = (SequenceNode) all.getValueNode();
        this.isRootFlow = YamlText.isFlow(root);
    }

    /** @param text of a file that the parser of the job accepts */
    static EntryEditor of(String text) {
        Node root =
                new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow();
        return new EntryEditor(text, (MappingNode) root);
    }

    /** The text in which a key of an entry has this value. */
    String with(String dataCenter, String key, String value) {
        MappingNode entry = entry(dataCenter);
        Optional<NodeTuple> given = YamlText.tuple(entry, key);
        if (given.isPresent()) {
            Node old = given.get().getValueNode();
            int start = yaml.start(old);
            int end = yaml.end(old);
            return yaml.replaced(start, end, (start == end ? " " : "") + YamlText.scalar(value));
        }
        return added(entry, key, isJson(entry) ? YamlText.quoted(value) : YamlText.scalar(value));
    }

    /** @param value as it stands in the text */
    private String added(MappingNode entry, String key, String value) {
        NodeTuple before = BEFORE_A_NEW_KEY.stream()
                .flatMap(name -> YamlText.tuple(entry, name).stream())
                .max(Comparator.comparingInt(tuple -> yaml.end(tuple.getValueNode())))
                .orElseThrow();
        String setting = (isJson(entry) ? YamlText.quoted(key) : key) + ": " + value;
        int end = yaml.end(before.getValueNode());
        if (YamlText.isFlow(entry)) {
            return yaml.replaced(end, end, ", " + setting);
        }
        int lineEnd = yaml.lineEnd(end);
        return yaml.replaced(lineEnd, lineEnd, yaml.lineBreak() + " ".repeat(YamlText.column(entry)) + setting);
    }

    /** Whether the entry is written as JSON is, with its keys in quotes. */
    private static boolean isJson(MappingNode entry) {
        return ((ScalarNode) entry.getValue().get(0).getKeyNode()).getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
    }

    /** The text in which a key of an entry is a list of these values, and nothing else. */
    String with(String dataCenter, String key, List<String> values) {
        EntryEditor others = of(without(dataCenter, key));
        return others.added(
                others.entry(dataCenter),
                key,
                values.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    /** The text in which an entry lacks a key. */
    String without(String dataCenter, String key) {
        MappingNode entry = entry(dataCenter);
        List<NodeTuple> tuples = entry.getValue();
        Optional<NodeTuple> given = YamlText.tuple(entry, key);
        if (given.isEmpty()) {
            return yaml.text();
        }
        int at = tuples.indexOf(given.get());
        int end = yaml.end(given.get().getValueNode());
        if (at == 0) {
            return yaml.replaced(
                    yaml.start(given.get().getKeyNode()),
                    yaml.start(tuples.get(1).getKeyNode()),
                    "");
        }
        if (YamlText.isFlow(entry)) {
            return yaml.replaced(yaml.end(tuples.get(at - 1).getValueNode()), end, "");
        }
        return yaml.replaced(yaml.lineStart(yaml.start(given.get().getKeyNode())), yaml.nextLine(end), "");
    }

    /** The text without an entry and the comments that stand directly above it. */
    String withoutEntry(String dataCenter) {
        Node entry = entry(dataCenter);
        List<Node> items = entries.getValue();
        int at = items.indexOf(entry);
        if (YamlText.isFlow(entries)) {
            if (at > 0) {
                return yaml.replaced(yaml.end(items.get(at - 1)), yaml.end(entry), "");
            }
            return yaml.replaced(yaml.start(entry), items.size() > 1 ? yaml.start(items.get(1)) : yaml.end(entry), "");
        }
        int begin = commentsAbove(dashLine(entry));
        int end = ownCommentsBelow(yaml.nextLine(yaml.end(entry)));
        if (isBlank(begin - 1) && end < yaml.text().length() && isBlank(end)) {
            end = yaml.nextLine(end);
        }
        if (items.size() > 1) {
            return yaml.replaced(begin, end, "");
        }
        int colon = yaml.text().indexOf(':', yaml.end(all.getKeyNode()));
        YamlText without = new YamlText(yaml.replaced(begin, end, ""));
        return without.replaced(colon + 1, colon + 1, " []");
    }

    /** The text with a new entry at the end of the list. */
    String plus(NewEntry added) {
        List<Node> items = entries.getValue();
        if (YamlText.isFlow(entries) && (isRootFlow || !items.isEmpty())) {
            int end = items.isEmpty() ? yaml.end(entries) - 1 : yaml.end(items.get(items.size() - 1));
            return yaml.replaced(end, end, (items.isEmpty() ? "" : ", ") + added.flow());
        }
        if (items.isEmpty()) {
            int colon = yaml.text().indexOf(':', yaml.end(all.getKeyNode()));
            YamlText without = new YamlText(yaml.replaced(colon + 1, yaml.end(entries), ""));
            int line = without.lineEnd(colon);
            return without.replaced(line, line, block(added, 2));
        }
        Node last = items.get(items.size() - 1);
        int line = ownCommentsBelow(yaml.nextLine(yaml.end(last)));
        boolean isApart = items.size() > 1 && isBlank(commentsAbove(dashLine(last)) - 1);
        boolean isBroken = line > 0 && yaml.text().charAt(line - 1) == '\n';
        String block = block(added, YamlText.column(entries));
        String entry = (isApart ? yaml.lineBreak() : "")
                + block.substring(yaml.lineBreak().length());
        return yaml.replaced(line, line, isBroken ? entry + yaml.lineBreak() : yaml.lineBreak() + entry);
    }

    private String block(NewEntry added, int indentation) {
        return added.lines().stream()
                .map(line -> yaml.lineBreak() + " ".repeat(indentation) + line)
                .collect(Collectors.joining());
    }

    private MappingNode entry(String dataCenter) {
        List<String> names = IntStream.range(0, entries.getValue().size())
                .mapToObj(i -> nameOf(entries.getValue().get(i)))
                .toList();
        int at = names.indexOf(dataCenter);
        if (at < 0) {
            throw new InvalidInputException("There is no data center " + Quoted.of(dataCenter)
                    + " in the data-centers file; it has " + (names.isEmpty() ? "none" : String.join(", ", names))
                    + ".");
        }
        return (MappingNode) entries.getValue().get(at);
    }

    private static String nameOf(Node entry) {
        return YamlText.tuple((MappingNode) entry, NAME)
                .map(tuple -> ((ScalarNode) tuple.getValueNode()).getValue())
                .orElseThrow();
    }

    /** Where the line of an entry's dash starts, at or above its first key. */
    private int dashLine(Node entry) {
        int column = YamlText.column(entries);
        int line = yaml.lineStart(yaml.start(entry));
        while (!yaml.line(line).startsWith(" ".repeat(column) + "-")) {
            line = yaml.lineStart(line - 1);
        }
        return line;
    }

    private int commentsAbove(int line) {
        int first = line;
        while (first > 0 && yaml.line(yaml.lineStart(first - 1)).strip().startsWith("#")) {
            first = yaml.lineStart(first - 1);
        }
        return first;
    }

    /** Comments that are indented deeper than the dashes belong to the entry above them. */
    private int ownCommentsBelow(int line) {
        int next = line;
        String own = " ".repeat(YamlText.column(entries) + 1);
        while (next < yaml.text().length()
                && yaml.line(next).startsWith(own)
                && yaml.line(next).strip().startsWith("#")) {
            next = yaml.nextLine(next);
        }
        return next;
    }

    private boolean isBlank(int at) {
        return at >= 0 && yaml.line(yaml.lineStart(at)).isBlank();
    }

    /** A data center to be added. */
    public record NewEntry(
            String name, String brokers, List<String> topics, Optional<String> start, Map<String, String> kafka) {

        public NewEntry {
            topics = List.copyOf(topics);
        }

        private String topicList() {
            return topics.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
        }

        List<String> lines() {
            List<String> lines = new java.util.ArrayList<>();
            lines.add("- name: " + YamlText.scalar(name));
            lines.add("  bootstrap_servers: " + YamlText.quoted(brokers));
            lines.add("  topics: " + topicList());
            start.ifPresent(text -> lines.add("  start: " + YamlText.scalar(text)));
            if (!kafka.isEmpty()) {
                lines.add("  kafka:");
                kafka.forEach((option, value) -> lines.add("    " + option + ": " + YamlText.scalar(value)));
            }
            return lines;
        }

        String flow() {
            String options = kafka.entrySet().stream()
                    .map(option -> YamlText.quoted(option.getKey()) + ": " + YamlText.quoted(option.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            return "{\"name\": " + YamlText.quoted(name) + ", \"bootstrap_servers\": " + YamlText.quoted(brokers)
                    + ", \"topics\": "
                    + topics.stream().map(YamlText::quoted).collect(Collectors.joining(", ", "[", "]"))
                    + start.map(text -> ", \"start\": " + YamlText.quoted(text)).orElse("")
                    + (kafka.isEmpty() ? "" : ", \"kafka\": " + options) + "}";
        }
    }
}
