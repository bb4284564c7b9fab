package io.tributary.lab.run;

import io.tributary.config.Durations;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of option values; each throws an IllegalArgumentException that goes on from the value it refuses. */
public final class OptionValues {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SHARE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(%?)");

    private OptionValues() {}

    /** A duration above zero; a number alone counts seconds. */
    public static Duration duration(String text) {
        Duration duration;
        try {
            duration =
                    DIGITS.matcher(text).matches() ? Duration.ofSeconds(Integer.parseInt(text)) : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no duration; write for example 90, 60s or 2m", e);
        }
        if (duration.isZero()) {
            throw new IllegalArgumentException("is no time at all; write for example 60s");
        }
        return duration;
    }

    public static int number(String text, int min, int max) {
        if (!DIGITS.matcher(text).matches() || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException("is no whole number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    /** A part of the whole, from 0 to 1: {@code 0.1} or {@code 10%}. */
    public static double share(String text) {
        var matcher = SHARE.matcher(text);
        if (matcher.matches()) {
            double share =
                    Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
            if (share <= 1) {
                return share;
            }
        }
        throw new IllegalArgumentException("is no part of the whole; write a number from 0 to 1, or percent up to 100");
    }

    public static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no whole number", e);
        }
    }

    public static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no path", e);
        }
    }

    public static Optional<Path> writable(String text) {
        Optional<Path> path = path(text);
        if (path.filter(file -> Files.isDirectory(file.getParent()) && !Files.isDirectory(file))
                .filter(file -> Files.isWritable(Files.exists(file) ? file : file.getParent()))
                .isEmpty()) {
            throw new IllegalArgumentException("is not a file in a folder that exists and can be written");
        }
        return path;
    }

    public static Optional<Path> readable(String text) {
        Optional<Path> path = path(text);
        if (path.filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
                .isEmpty()) {
            throw new IllegalArgumentException("is not a file that can be read");
        }
        return path;
    }
}
