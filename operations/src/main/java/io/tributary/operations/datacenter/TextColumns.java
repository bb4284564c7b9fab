package io.tributary.operations.datacenter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of words in columns as wide as they need. */
final class TextColumns {

    private final List<List<String>> rows = new ArrayList<>();

    TextColumns(String... header) {
        rows.add(List.of(header));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A line for each row, each with its line break. */
    String text() {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> IntStream.range(0, widths.length)
                .forEach(i -> widths[i] = Math.max(widths[i], row.get(i).length())));
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                                .mapToObj(i -> row.get(i)
                                        + " ".repeat(widths[i] - row.get(i).length()))
                                .collect(Collectors.joining("  "))
                                .stripTrailing()
                        + "\n")
                .collect(Collectors.joining());
    }
}
