package io.tributary.cli;

import io.tributary.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a job's {@code --key value} arguments and {@code --flags}, and reports all problems together. Arguments that
 * Glue adds to every job are ignored. Any other argument that was not read is an error.
 */
public final class ArgumentReader {

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, String> ofGlue = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    public ArgumentReader(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (!word.startsWith("--") || word.length() == 2) {
                problems.add(quoted(word) + " stands where an argument name should; arguments are pairs: --name value");
                continue;
            }
            int equals = word.indexOf('=');
            if (equals > 0) {
                take(word.substring(2, equals), word.substring(equals + 1));
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                take(word.substring(2), arguments[++i]);
            } else {
                take(word.substring(2), "");
            }
        }
    }

    private void take(String key, String value) {
        if (GlueArguments.contain(key)) {
            ofGlue.put(key, value);
        } else if (given.put(key, value) != null) {
            problems.add("--" + key + " is given twice; leave one of them out");
        }
    }

    /** The value of a required argument. If it is missing, null is returned and a problem recorded. */
    public String required(String key, String meaning) {
        String value = taken(key);
        if (value == null && problems.stream().noneMatch(problem -> problem.startsWith("--" + key + " "))) {
            problems.add("--" + key + " is missing: " + meaning);
        }
        return value;
    }

    public Optional<String> optional(String key) {
        return Optional.ofNullable(taken(key));
    }

    private String taken(String key) {
        known.add("--" + key);
        String value = given.remove(key);
        if (value != null && value.isBlank()) {
            problems.add("--" + key + " has no value; write --" + key + " <value>");
            return null;
        }
        return value;
    }

    /** Whether a flag is given: alone, or as {@code true}, since Glue gives every argument a value. */
    public boolean flag(String key) {
        known.add("--" + key);
        String value = given.remove(key);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.isBlank() && !value.equals("true")) {
            problems.add("--" + key + " " + quoted(value) + ": is a flag; write --" + key + " alone");
        }
        return true;
    }

    /** The arguments that Glue added, by name without the hyphens. */
    public Map<String, String> ofGlue() {
        return Collections.unmodifiableMap(ofGlue);
    }

    /** @param parse converts the text, or throws an IllegalArgumentException that says the rule */
    public <T> Optional<T> optional(String key, Function<String, T> parse) {
        return optional(key).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException e) {
                problems.add("--" + key + " " + quoted(text) + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    public <E extends Enum<E>> E choice(String key, Class<E> kind, E byDefault) {
        return optional(key, text -> {
                    try {
                        return Enum.valueOf(kind, text.toUpperCase(Locale.ROOT));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(
                                "is none of "
                                        + List.of(kind.getEnumConstants())
                                                .toString()
                                                .toLowerCase(Locale.ROOT),
                                e);
                    }
                })
                .orElse(byDefault);
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidInputException if an argument is missing, unreadable or unknown, with all problems in one message
     */
    public void finish() {
        given.keySet()
                .forEach(key -> problems.add(
                        "--" + key + " is not an argument of this job; " + Suggestions.remedy("--" + key, known)));
        if (!problems.isEmpty()) {
            throw new InvalidInputException("The job's arguments cannot be used:\n  " + String.join("\n  ", problems));
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
