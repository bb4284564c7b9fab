package io.tributary.lab.command;

import io.tributary.config.Durations;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms of option values. Each throws a {@link TypeConversionException} that names the value and the rule. */
public final class OptionValues {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SHARE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(%?)");

    private OptionValues() {}

    /** A duration above zero; a number alone counts seconds. */
    public static final class PositiveDuration implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            Duration duration;
            try {
                duration = DIGITS.matcher(text).matches()
                        ? Duration.ofSeconds(Integer.parseInt(text))
                        : Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw wrong(text, "is no duration; write for example 90, 60s or 2m");
            }
            if (duration.isZero()) {
                throw wrong(text, "is no time at all; write for example 60s");
            }
            return duration;
        }
    }

    /** A whole number within bounds. */
    public abstract static class WholeNumber implements ITypeConverter<Integer> {

        private final int min;
        private final int max;

        protected WholeNumber(int min, int max) {
            this.min = min;
            this.max = max;
        }

        @Override
        public final Integer convert(String text) {
            if (!DIGITS.matcher(text).matches() || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw wrong(text, "is no whole number from " + min + " to " + max);
            }
            return Integer.valueOf(text);
        }
    }

    /** A part of the whole, from 0 to 1: {@code 0.1} or {@code 10%}. */
    public static final class Share implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            var matcher = SHARE.matcher(text);
            if (matcher.matches()) {
                double share =
                        Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
                if (share <= 1) {
                    return share;
                }
            }
            throw wrong(text, "is no part of the whole; write a number from 0 to 1, or percent up to 100");
        }
    }

    /** A path, made absolute. */
    public static final class AbsolutePath implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            try {
                return Path.of(text).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw wrong(text, "is no path");
            }
        }
    }

    /** A file in a directory that exists and can be written. */
    public static final class WritableFile implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            Path file = new AbsolutePath().convert(text);
            boolean isWritable = Files.isDirectory(file.getParent())
                    && !Files.isDirectory(file)
                    && Files.isWritable(Files.exists(file) ? file : file.getParent());
            if (!isWritable) {
                throw wrong(text, "is not a file in a folder that exists and can be written");
            }
            return file;
        }
    }

    /** A file that can be read. */
    public static final class ReadableFile implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            Path file = new AbsolutePath().convert(text);
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw wrong(text, "is not a file that can be read");
            }
            return file;
        }
    }

    /** @param rule goes on from the value */
    public static TypeConversionException wrong(String value, String rule) {
        return new TypeConversionException('"' + value + "\" " + rule);
    }
}
