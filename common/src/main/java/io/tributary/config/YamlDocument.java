package io.tributary.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * YAML text as nodes, which keep what was written: {@code 1.10} stays 1.10, and a repeated key stays visible.
 *
 * <p>Messages leave out the library's excerpt of the file, since that may show a secret.
 */
final class YamlDocument {

    private YamlDocument() {}

    /** The root, empty for a file without content; a syntax error ends the reading, as nothing after it is certain. */
    static Optional<Node> read(String yaml, Problems problems) {
        try {
            return new Compose(LoadSettings.builder().build()).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().map(YamlDocument::place).orElse("the file"), notYaml(words(e)));
        } catch (YamlEngineException e) {
            problems.add("the file", notYaml("it holds characters that are not allowed, or is too large"));
        }
        problems.throwIfAny();
        throw new IllegalStateException("a YAML error that is no problem");
    }

    private static String notYaml(String why) {
        return "this is not YAML: " + why + "; check indentation, quotes and brackets there and just before";
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    /** An alias, anchor or tag in a message may be a secret that was written without quotes. */
    private static String words(MarkedYamlEngineException e) {
        return String.valueOf(e.getProblem()).replaceFirst("(alias|anchor|tag handle|tag prefix)\\b.*", "$1");
    }
}
