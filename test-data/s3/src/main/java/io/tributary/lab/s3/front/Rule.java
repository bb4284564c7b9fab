package io.tributary.lab.s3.front;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is done to which requests. Its text is {@code NAME EFFECT[:VALUE] METHODS PATTERN [share=S] [times=N]
 * [after=PATTERN]}, for example {@code r1 answer:503 GET,HEAD .*_delta_log.* share=0.5}.
 *
 * @param value the status of an answer, or the milliseconds of a delay
 * @param target what the request's path must match as a whole
 * @param share the part of the matching requests that is taken, from 0 to 1
 * @param times how many requests are taken at most
 * @param after requests are taken only after one that matches this was answered with success
 */
record Rule(
        String name,
        Effect effect,
        int value,
        Set<String> methods,
        Pattern target,
        double share,
        int times,
        Optional<Pattern> after) {

    /** What is done to a request. */
    enum Effect {
        /** Nothing of it is done until it is released. */
        HOLD_BEFORE,
        /** It is done, and the answer waits until it is released. */
        HOLD_AFTER,
        /** It is not done and answered with an error. */
        ANSWER,
        /** It is done after a delay. */
        SLOW,
        /** It is done, and the connection is closed without an answer. */
        DROP_AFTER;

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        private static Effect of(String word) {
            return Arrays.stream(values())
                    .filter(effect -> effect.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is none of "
                            + Arrays.stream(values()).map(Effect::word).toList()));
        }

        private boolean takesValue() {
            return this == ANSWER || this == SLOW;
        }
    }

    private static final int FIXED_WORDS = 4;

    Rule {
        methods = Set.copyOf(methods);
    }

    /** @throws IllegalArgumentException saying what is wrong with the text */
    static Rule parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        if (words.size() < FIXED_WORDS) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no rule; write NAME EFFECT[:VALUE] METHODS PATTERN and perhaps more");
        }
        String[] effectAndValue = words.get(1).split(":", 2);
        Effect effect = Effect.of(effectAndValue[0]);
        if (effect.takesValue() != (effectAndValue.length > 1)) {
            throw new IllegalArgumentException(effect.word()
                    + (effect.takesValue() ? " needs a value, as in " : " takes no value: ")
                    + (effect.takesValue() ? effect.word() + ":500" : words.get(1)));
        }
        double share = 1;
        int times = Integer.MAX_VALUE;
        Optional<Pattern> after = Optional.empty();
        for (String option : words.subList(FIXED_WORDS, words.size())) {
            String[] pair = option.split("=", 2);
            switch (pair.length < 2 ? "" : pair[0]) {
                case "share" -> share = Double.parseDouble(pair[1]);
                case "times" -> times = Integer.parseInt(pair[1]);
                case "after" -> after = Optional.of(pattern(pair[1]));
                default ->
                    throw new IllegalArgumentException("\"" + option + "\" is none of share=, times= and after=");
            }
        }
        return new Rule(
                words.get(0),
                effect,
                effect.takesValue() ? Integer.parseInt(effectAndValue[1]) : 0,
                Set.of(words.get(2).split(",")),
                pattern(words.get(3)),
                share,
                times,
                after);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no pattern: " + e.getDescription(), e);
        }
    }

    boolean matches(String method, String path) {
        return methods.contains(method) && target.matcher(path).matches();
    }
}
