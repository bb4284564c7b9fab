package io.tributary.config.yaml;

import io.tributary.cli.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A group of keys of a YAML file, read key by key into typed values.
 *
 * <p>A value that cannot be read is recorded as a problem, and the fallback is returned. So reading continues and finds
 * the next problem. Keys that were read are the known ones. {@link #refuseUnknownKeys} reports all others, after every
 * key was read.
 */
public final class Section {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final String path;
    private final Problems problems;
    private final Map<String, Node> given = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final boolean isGroupOfKeys;

    /** The full keys that this section and those in it were asked for. */
    private final Set<String> asked;

    /** The file itself. */
    Section(Optional<Node> node, Problems problems) {
        this("", node, problems, new TreeSet<>());
    }

    /** @param path the full key of the section; empty for the file itself */
    private Section(String path, Optional<Node> node, Problems problems, Set<String> asked) {
        this.path = path;
        this.problems = problems;
        this.asked = asked;
        Optional<Node> content = node.filter(value -> !YamlValues.isNothing(value));
        this.isGroupOfKeys = content.isEmpty() || content.get() instanceof MappingNode;
        content.ifPresent(this::take);
    }

    /** A scalar that must be text. */
    public <T> T text(String key, T fallback, Function<String, T> parse) {
        return optionalText(key, parse).orElse(fallback);
    }

    public <T> Optional<T> optionalText(String key, Function<String, T> parse) {
        return given(key).flatMap(node -> parsedText(pathOf(key), node, parse));
    }

    public <T> Optional<T> requiredText(String key, Function<String, T> parse) {
        if (lacks(key)) {
            problem(key, "is missing; it has no default");
        }
        return optionalText(key, parse);
    }

    /** Like {@link #literal}, and a problem if it is absent. */
    public <T> Optional<T> requiredLiteral(String key, Function<String, T> parse) {
        if (lacks(key)) {
            problem(key, "is missing; it has no default");
        }
        return literal(key, Optional.empty(), text -> Optional.of(parse.apply(text)));
    }

    /** A scalar as written, whether YAML reads it as text or as a number, such as a duration. */
    public <T> T literal(String key, T fallback, Function<String, T> parse) {
        Optional<Node> node = given(key);
        if (node.isPresent() && !YamlValues.isScalar(node.get())) {
            problem(key, YamlValues.described(node.get()) + " stands where a single value is needed");
            return fallback;
        }
        return node.flatMap(scalar -> parsed(pathOf(key), YamlValues.written(scalar), parse))
                .orElse(fallback);
    }

    /** A whole number in digits, from {@code least} to {@code most}. */
    public long wholeNumber(String key, long fallback, long least, long most) {
        Optional<Node> node = given(key);
        if (node.isEmpty()) {
            return fallback;
        }
        if (YamlValues.isWholeNumber(node.get())) {
            try {
                long number = Long.parseLong(YamlValues.written(node.get()));
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Too many digits: reported like a number that is out of bounds.
            }
        }
        problem(
                key,
                YamlValues.described(node.get()) + " is not a whole number from " + least + " to " + most
                        + "; write digits only, without quotes");
        return fallback;
    }

    /** One of an enum's names in lower case. */
    public <E extends Enum<E>> E choice(String key, E fallback) {
        List<E> choices = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
        List<String> names = choices.stream()
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        return text(key, fallback, text -> {
            if (!names.contains(text)) {
                throw new IllegalArgumentException(
                        Quoted.of(text) + " is not a choice here; write " + String.join(" or ", names));
            }
            return choices.get(names.indexOf(text));
        });
    }

    public <T> List<T> texts(String key, Function<String, T> parse) {
        List<T> texts = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            parsedText(pathOf(key) + "[" + i + "]", items.get(i), parse).ifPresent(texts::add);
        }
        return texts;
    }

    /** A text, or a list of texts that is not empty. */
    public <T> List<T> textOrTexts(String key, List<T> fallback, Function<String, T> parse) {
        Optional<Node> node = given(key);
        if (node.filter(SequenceNode.class::isInstance).isEmpty()) {
            return optionalText(key, parse).map(List::of).orElse(fallback);
        }
        if (isEmptyList(key)) {
            problem(key, "the list is empty; list at least one, or remove the key");
        }
        List<T> texts = texts(key, parse);
        return texts.isEmpty() ? fallback : texts;
    }

    /** Like {@link #textOrTexts}, and a problem if one of the texts is given twice. */
    public List<String> distinctTexts(String key, List<String> fallback, UnaryOperator<String> parse) {
        Set<String> earlier = new LinkedHashSet<>();
        return textOrTexts(key, fallback, text -> {
            if (!earlier.add(parse.apply(text))) {
                throw new IllegalArgumentException(Quoted.of(text) + " is listed twice; remove one of the two");
            }
            return text;
        });
    }

    /** A group of keys; empty if it is absent. A rule over several of its keys may reject it as a whole. */
    public <T> T section(String key, T fallback, Function<Section, T> read) {
        return read(
                        new Section(pathOf(key), given(key), problems, asked),
                        section -> Optional.ofNullable(read.apply(section)))
                .orElse(fallback);
    }

    /** A list of groups of keys; those that cannot be read are left out. */
    public <T> List<T> sections(String key, Function<Section, Optional<T>> read) {
        List<T> values = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            Section section = new Section(pathOf(key) + "[" + i + "]", Optional.of(items.get(i)), problems, asked);
            read(section, read).ifPresent(values::add);
        }
        return values;
    }

    /** The keys of this section and their values, for a section whose keys are not known in advance. */
    public Map<String, Node> anyKeys() {
        known.addAll(given.keySet());
        return given;
    }

    /** The keys of a section whose keys are not known in advance. */
    public Set<String> keys() {
        return Set.copyOf(anyKeys().keySet());
    }

    /** The values, as written, of a section whose keys are not known in advance. */
    public Map<String, String> literals() {
        Map<String, String> values = new LinkedHashMap<>();
        anyKeys().keySet().forEach(key -> values.put(key, literal(key, "", Function.identity())));
        return values;
    }

    /** Whether a key is missing. False for a value that is not a group of keys, since that is a problem of its own. */
    public boolean lacks(String key) {
        return given(key).isEmpty() && isGroupOfKeys;
    }

    public boolean isEmptyList(String key) {
        return given(key)
                .filter(node ->
                        node instanceof SequenceNode list && list.getValue().isEmpty())
                .isPresent();
    }

    public void problem(String key, String sentence) {
        problems.add(pathOf(key), sentence);
    }

    public void refuseUnknownKeys() {
        given.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problem(key, "is not a known key; " + Suggestions.remedy(key, known)));
    }

    /** Every full key that was asked for in the file, such as {@code columns[].name}. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    private <T> Optional<T> read(Section section, Function<Section, Optional<T>> read) {
        Optional<T> value = section.parsed(section.path, section, read).flatMap(Function.identity());
        section.refuseUnknownKeys();
        return value;
    }

    private List<Node> items(String key) {
        Optional<Node> node = given(key);
        if (node.isPresent() && !(node.get() instanceof SequenceNode)) {
            problem(key, YamlValues.described(node.get()) + " stands where a list is needed; write [] for none");
        }
        return node.filter(SequenceNode.class::isInstance)
                .map(list -> ((SequenceNode) list).getValue())
                .orElse(List.of());
    }

    private <T> Optional<T> parsedText(String key, Node node, Function<String, T> parse) {
        if (!YamlValues.isText(node)) {
            problems.add(
                    key,
                    YamlValues.described(node) + " stands where text is needed"
                            + (YamlValues.isScalar(node) ? "; put it in quotes" : ""));
            return Optional.empty();
        }
        return parsed(key, YamlValues.written(node), parse);
    }

    private <A, T> Optional<T> parsed(String key, A argument, Function<A, T> parse) {
        try {
            return Optional.of(parse.apply(argument));
        } catch (IllegalArgumentException e) {
            problems.add(key, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Node> given(String key) {
        known.add(key);
        asked.add(INDEX.matcher(pathOf(key)).replaceAll("[]"));
        return Optional.ofNullable(given.get(key));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void take(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    path.isEmpty() ? "the file" : path,
                    YamlValues.kind(node) + " stands where keys with values are needed");
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            if (!YamlValues.isScalar(key)) {
                problems.add(path.isEmpty() ? "the file" : path, YamlValues.described(key) + " is not a key");
            } else if (given.putIfAbsent(YamlValues.written(key), entry.getValueNode()) != null) {
                problem(
                        YamlValues.written(key),
                        "is given twice, again in line "
                                + key.getStartMark()
                                        .map(mark -> mark.getLine() + 1)
                                        .orElse(0)
                                + "; remove one of the two");
            }
        }
    }
}
