package io.tributary.lab.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that was typed, and its answer.
 *
 * @param script that was started
 * @param options as they were typed: words, those with a space within single quotes
 * @param lines of its answer and of its problems, as they came
 */
record TypedCommand(String script, String options, int exitCode, List<String> lines, Duration took) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String NEXT = "next: ";

    TypedCommand {
        lines = List.copyOf(lines);
    }

    /** The words of what is typed. */
    static List<String> words(String typed) {
        return WORD.matcher(typed)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }

    /** As it was typed. */
    String text() {
        return script + " " + options;
    }

    /** The first line in which a pattern is found. */
    Optional<String> line(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return lines.stream().filter(line -> wanted.matcher(line).find()).findFirst();
    }

    /**
     * The options of the command that it told to type next.
     *
     * @throws IllegalStateException if it told none that can be typed as it stands
     */
    String next() {
        String told = lines.stream()
                .filter(line -> line.contains(NEXT))
                .reduce((first, second) -> second)
                .map(line -> line.substring(line.indexOf(NEXT) + NEXT.length()).strip())
                .orElse("");
        Matcher typed =
                Pattern.compile("\\S*" + Pattern.quote(script) + " ([^…]+)").matcher(told);
        if (!typed.matches()) {
            throw new IllegalStateException(text() + " did not say what can be typed next, but \"" + told + '"');
        }
        return typed.group(1);
    }
}
