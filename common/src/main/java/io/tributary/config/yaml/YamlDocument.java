package io.tributary.config.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * YAML text as nodes, which keep the text as written: {@code 1.10} stays 1.10, and a duplicate key stays visible.
 *
 * <p>The length and depth of a file are checked first, because nodes are read recursively.
 *
 * <p>Messages leave out the library's excerpt of the file, since it may show a secret.
 */
public final class YamlDocument {

    private static final int MAX_CHARACTERS = 1 << 20;

    /** The most levels of nesting. The deepest setting, a measure of a rollup, needs five. */
    private static final int MAX_DEPTH = 20;

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private YamlDocument() {}

    /**
     * The root; empty for a file without content. A syntax error ends the reading, since nothing after it is certain.
     */
    public static Optional<Node> read(String yaml, Problems problems) {
        if (yaml.length() > MAX_CHARACTERS) {
            problems.add("the file", "is longer than " + MAX_CHARACTERS + " characters, which no settings need");
        }
        problems.throwIfAny();
        try {
            requirePlain(yaml, problems);
            problems.throwIfAny();
            return new Compose(SETTINGS).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().map(YamlDocument::place).orElse("the file"), notYaml(describe(e)));
        } catch (YamlEngineException e) {
            problems.add("the file", notYaml("it holds characters that are not allowed, or is too large"));
        }
        problems.throwIfAny();
        throw new IllegalStateException("a YAML error without a problem to report");
    }

    private static void requirePlain(String yaml, Problems problems) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(yaml)) {
            if (event instanceof AliasEvent) {
                problems.add(place(event), "is an alias (*), which is not allowed; write the value out");
                return;
            }
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > MAX_DEPTH) {
                problems.add(
                        place(event),
                        "groups and lists stand more than " + MAX_DEPTH
                                + " deep in each other there, which no setting does;"
                                + " correct the brackets or the indentation");
                return;
            }
        }
    }

    private static String place(Event event) {
        return event.getStartMark().map(YamlDocument::place).orElse("the file");
    }

    private static String notYaml(String why) {
        return "this is not YAML: " + why + "; check indentation, quotes and brackets there and just before";
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    /** Hides aliases, anchors and tags in messages: they may be a secret that was written without quotes. */
    private static String describe(MarkedYamlEngineException e) {
        return String.valueOf(e.getProblem()).replaceFirst("(alias|anchor|tag handle|tag prefix)\\b.*", "$1");
    }
}
