package io.tributary.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the pipeline file says of a typed column, in short: two writers with one digest of it give the same values. What
 * data centers say of their own about times is not in it.
 */
public final class ColumnDigest {

    private static final int BYTES = 8;

    private ColumnDigest() {}

    /** Of one column: its type, its place, and, where it can hold times, how they are written. */
    public static String of(ColumnConfig column, EventConfig event) {
        String times = column.holdsTimestamps() ? event.timeFormats() + " " + event.timeZone() : "";
        return hash(column + " " + times);
    }

    /** Of each column that the configuration declares, by its name. */
    public static SortedMap<String, String> ofAll(PipelineConfig config) {
        SortedMap<String, String> digests = new TreeMap<>();
        config.columns().forEach(column -> digests.put(column.name(), of(column, config.event())));
        return digests;
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
