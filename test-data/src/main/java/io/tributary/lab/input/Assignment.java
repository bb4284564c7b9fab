package io.tributary.lab.input;

import io.tributary.lab.truth.Xxh64;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which data center sends which line of a file.
 *
 * <p>The data centers that the lines name send their own lines, if there are at most {@value #MAX_DATA_CENTERS} and their names will
 * do; else the named ones are spread over a given number. Lines that name none, or none that can be, go in turn.
 */
final class Assignment {

    static final int MAX_DATA_CENTERS = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private final List<String> dataCenters;
    private final boolean byName;
    private int turn;

    private Assignment(List<String> dataCenters, boolean byName) {
        this.dataCenters = dataCenters;
        this.byName = byName;
    }

    List<String> dataCenters() {
        return dataCenters;
    }

    /** The data center for a line that names {@code named}. */
    String next(Optional<String> named) {
        if (named.isPresent() && byName && dataCenters.contains(named.get())) {
            return named.get();
        }
        if (named.isPresent() && !byName) {
            return dataCenters.get((int) Math.floorMod(Xxh64.of(named.get(), 0), (long) dataCenters.size()));
        }
        turn++;
        return dataCenters.get((turn - 1) % dataCenters.size());
    }

    /** Gathers the names of a file's lines. */
    static final class Names {

        private final Set<String> names = new TreeSet<>();
        private boolean tooMany;

        void add(Optional<String> named) {
            if (tooMany || named.isEmpty() || !NAME.matcher(named.get()).matches()) {
                return;
            }
            names.add(named.get());
            tooMany = names.size() > MAX_DATA_CENTERS;
        }

        /** By the names if they will do, else over {@code otherwise} data centers called dc1, dc2, … */
        Assignment assignment(int otherwise) {
            if (!names.isEmpty() && !tooMany && differAlsoWithoutCapitals()) {
                return new Assignment(List.copyOf(names), true);
            }
            return new Assignment(numbered(otherwise), false);
        }

        private boolean differAlsoWithoutCapitals() {
            Set<String> lower = new HashSet<>();
            return names.stream().allMatch(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        }
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("dc" + i);
        }
        return List.copyOf(names);
    }
}
