package io.tributary.operations.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of words and numbers in columns as wide as they need; words to the left, numbers to the right. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final int words;

    /** @param words how many columns, from the left, hold words */
    public TextTable(int words, String... header) {
        this.words = words;
        rows.add(List.of(header));
    }

    public void row(Object... cells) {
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(i -> String.valueOf(cells[i]))
                .toList());
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    public String text() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> {
                    String padding = " ".repeat(widths[i] - row.get(i).length());
                    return i < words ? row.get(i) + padding : padding + row.get(i);
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
