package io.tributary.config;

import io.tributary.config.ColumnType.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the pipeline file says of typed columns, in short: two writers with one digest give the same values. */
public final class ColumnDigest {

    private static final int BYTES = 8;
    private static final Set<Kind> WITHOUT_TIMES =
            EnumSet.of(Kind.STRING, Kind.BOOLEAN, Kind.INT, Kind.LONG, Kind.DOUBLE, Kind.DECIMAL, Kind.DATE);

    private ColumnDigest() {}

    /** Of one column: its type, its place, and, where it can hold times, how they are written. */
    public static String of(ColumnConfig column, EventConfig event) {
        String times = WITHOUT_TIMES.contains(column.type().kind()) ? "" : event.timeFormats() + " " + event.timeZone();
        return hash(column + " " + times);
    }

    /** Of all columns, in whatever order they stand. */
    public static String ofAll(PipelineConfig config) {
        List<String> all = config.columns().stream()
                .map(column -> column.name() + " " + of(column, config.event()))
                .sorted()
                .toList();
        return hash(all.stream().collect(Collectors.joining("\n")));
    }

    private static String hash(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(whole, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
