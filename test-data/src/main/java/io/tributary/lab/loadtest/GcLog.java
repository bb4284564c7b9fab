package io.tributary.lab.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Java's garbage collector writes with {@code -Xlog:gc:file=FILE:tm}. */
final class GcLog {

    /** Such as {@code [1764428400123ms] GC(7) Pause Young (Allocation Failure) 310M->52M(494M) 12.345ms}. */
    private static final Pattern PAUSE =
            Pattern.compile("\\[(\\d+)ms].*Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

    private GcLog() {}

    /**
     * A pause.
     *
     * @param atMillis when it ended, since the epoch
     * @param heapMegabytes what was in use after it
     */
    record Pause(long atMillis, int heapMegabytes, double millis) {}

    static List<Pause> read(List<Path> files) {
        List<Pause> pauses = new ArrayList<>();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                try {
                    Files.readAllLines(file).forEach(line -> add(line, pauses));
                } catch (IOException e) {
                    throw new UncheckedIOException("What the garbage collector wrote cannot be read: " + file, e);
                }
            }
        }
        return pauses;
    }

    private static void add(String line, List<Pause> pauses) {
        Matcher found = PAUSE.matcher(line);
        if (found.matches()) {
            pauses.add(new Pause(
                    Long.parseLong(found.group(1)),
                    Integer.parseInt(found.group(3)),
                    Double.parseDouble(found.group(4))));
        }
    }
}
