package io.tributary.lab.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command that was typed, and its answer.
 *
 * @param words without the name of the script
 * @param lines of its answer and of its problems, as they came
 */
record TypedCommand(String script, List<String> words, int exitCode, List<String> lines, Duration took) {

    private static final String NEXT = "next: ";

    TypedCommand {
        words = List.copyOf(words);
        lines = List.copyOf(lines);
    }

    /** As it was typed. */
    String text() {
        return script + " "
                + words.stream()
                        .map(word -> word.matches("[A-Za-z0-9_.,:=/-]+") ? word : '"' + word + '"')
                        .collect(Collectors.joining(" "));
    }

    /** The first line in which a pattern is found. */
    Optional<String> line(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return lines.stream().filter(line -> wanted.matcher(line).find()).findFirst();
    }

    /**
     * The words of the command that it told to type next.
     *
     * @throws IllegalStateException if it told none
     */
    List<String> next() {
        String told = lines.stream()
                .filter(line -> line.contains(NEXT))
                .reduce((first, second) -> second)
                .map(line -> line.substring(line.indexOf(NEXT) + NEXT.length()))
                .orElseThrow(() -> new IllegalStateException(text() + " did not say what to type next"));
        List<String> all = List.of(told.strip().split(" +"));
        if (!all.get(0).endsWith(script)) {
            throw new IllegalStateException(text() + " said to type next what cannot be typed: " + told);
        }
        return all.subList(1, all.size());
    }
}
