package io.tributary.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Suggests the name that was probably meant by an unknown one. */
public final class Suggestions {

    private Suggestions() {}

    /** Names the nearest known name, or all of them if none is near. */
    public static String remedy(String given, Collection<String> known) {
        return nearest(given, known, name -> Math.max(2, name.length() / 3))
                .map(name -> "did you mean " + name + "?")
                .orElse("known here: " + String.join(", ", known));
    }

    /** The nearest known name within so many added, removed or changed letters. */
    public static Optional<String> within(int letters, String given, Collection<String> known) {
        return nearest(given, known, name -> letters);
    }

    /** @param bound the most letters by which a name may differ */
    private static Optional<String> nearest(String given, Collection<String> known, ToIntFunction<String> bound) {
        String plain = plain(given);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
                .filter(name -> distance(plain, plain(name)) <= bound.applyAsInt(name));
    }

    /** Ignores case, and treats hyphens as underscores: the most frequent mistakes. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Levenshtein's distance: how many letters are added, removed or changed. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
