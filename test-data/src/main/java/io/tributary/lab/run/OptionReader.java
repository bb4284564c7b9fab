package io.tributary.lab.run;

import io.tributary.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads options of a command line, as {@code --key value} or {@code --key=value}, and reports all problems together. */
public final class OptionReader {

    private final String command;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param command the script that is asked for help in a refusal
     * @param flags options without a value
     */
    public OptionReader(String command, List<String> flags, String... arguments) {
        this.command = command;
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            int equals = word.indexOf('=');
            String key = word.startsWith("--") ? word.substring(2, equals > 0 ? equals : word.length()) : "";
            if (key.isEmpty()) {
                problem("\"" + word + "\" is no option; options begin with --");
            } else if (equals > 0) {
                give(key, word.substring(equals + 1));
            } else if (flags.contains(key)) {
                give(key, "");
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                i++;
                give(key, arguments[i]);
            } else {
                give(key, null);
            }
        }
    }

    private void give(String key, String value) {
        if (given.containsKey(key)) {
            problem("--" + key + " is given twice");
        }
        given.put(key, value);
    }

    public void problem(String text) {
        problems.add(text);
    }

    public boolean flag(String key) {
        boolean isGiven = given.containsKey(key);
        String value = given.remove(key);
        if (isGiven && !value.isEmpty()) {
            problem("--" + key + " takes no value");
        }
        return isGiven;
    }

    /** @param parse turns the text into the value, or throws an IllegalArgumentException that says the rule */
    public <T> T value(String key, Function<String, T> parse, T byDefault) {
        if (!given.containsKey(key)) {
            return byDefault;
        }
        String text = given.remove(key);
        if (text == null) {
            problem("--" + key + " has no value");
            return byDefault;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problem("--" + key + " \"" + text + "\" " + e.getMessage());
            return byDefault;
        }
    }

    /** @throws InvalidInputException with everything that was wrong, options that nobody asked for included */
    public void finish() {
        given.keySet().forEach(key -> problem("--" + key + " is not an option"));
        if (!problems.isEmpty()) {
            throw new InvalidInputException("The options cannot be used:\n  " + String.join("\n  ", problems) + "\n"
                    + command + " --help lists them.");
        }
    }
}
