package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The location of the lake and the names of its tables and views.
 *
 * @param location without a slash at the end; absent if the job's arguments give it
 */
public record TablesConfig(
        Optional<URI> location,
        String database,
        String staging,
        String merged,
        String quarantine,
        String view,
        String rawView) {

    /** Views that always have these names. */
    public static final String STATUS_VIEW = "pipeline_status";

    public static final String LOG_VIEW = "pipeline_log";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");

    public static final TablesConfig DEFAULTS = new TablesConfig(
            Optional.empty(),
            "tributary",
            "events_staging",
            "events_merged",
            "events_quarantine",
            "events",
            "events_raw");

    public TablesConfig {
        location = location.map(uri -> parseLocation(uri.toString()));
        List<String> names = List.of(staging, merged, quarantine, view, rawView);
        requireName(database);
        names.forEach(TablesConfig::requireName);
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(
                    names
                            + " name two tables alike; staging, merged, quarantine, view and raw_view need five different names");
        }
        if (names.contains(STATUS_VIEW) || names.contains(LOG_VIEW)) {
            throw new IllegalArgumentException(names + " name a table " + STATUS_VIEW + " or " + LOG_VIEW
                    + ", which are views of their own; choose another name");
        }
    }

    /** The names of all tables and views. */
    List<String> all() {
        return List.of(staging, merged, quarantine, view, rawView, STATUS_VIEW, LOG_VIEW);
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Quoted.of(name)
                    + " is not a name that every SQL engine takes unquoted; write lower-case letters, digits and _,"
                    + " starting with a letter, at most 128 characters");
        }
        return name;
    }

    static URI parseLocation(String text) {
        try {
            URI uri = URI.create(text.length() > 1 ? text.replaceFirst("/+$", "") : text);
            String scheme = String.valueOf(uri.getScheme());
            boolean isWhole = uri.getQuery() == null && uri.getFragment() == null;
            boolean isBucket = scheme.matches("s3a?") && uri.getRawAuthority() != null;
            boolean isDirectory = scheme.equals("file")
                    && uri.getRawAuthority() == null
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/");
            if (isWhole && (isBucket || isDirectory)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notALocation(text, e);
        }
        throw notALocation(text, null);
    }

    private static IllegalArgumentException notALocation(String text, Exception cause) {
        return new IllegalArgumentException(
                Quoted.of(text) + " is not a place for the lake; write for example s3://bucket/lake or file:/data/lake",
                cause);
    }
}
