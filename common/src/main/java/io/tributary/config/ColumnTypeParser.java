package io.tributary.config;

import io.tributary.config.ColumnType.Field;
import io.tributary.config.ColumnType.Kind;
import io.tributary.config.yaml.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the type of a column.
 *
 * <pre>
 *  TYPE  string, boolean, int, long, double, timestamp, date, decimal(P) or decimal(P,S)
 *        array&lt;TYPE&gt;   map&lt;string,TYPE&gt;   struct&lt;NAME:TYPE,…&gt;
 * </pre>
 */
final class ColumnTypeParser {

    private static final int MAX_DEPTH = 5;
    private static final int MAX_FIELDS = 200;
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\)");
    private static final Pattern PLAIN = Pattern.compile("[a-z]+");
    private static final Pattern FIELD = Pattern.compile("\\s*([a-z][a-z0-9_]{0,126})\\s*:\\s*");
    private static final Pattern NEXT = Pattern.compile("\\s*([,>])\\s*");

    private final String text;
    private int position;

    ColumnTypeParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is no type */
    ColumnType parse() {
        ColumnType type = type(0);
        if (position < text.length()) {
            throw unknown();
        }
        return type;
    }

    private ColumnType type(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is nested deeper than " + MAX_DEPTH + " types; take a part of it as a column");
        }
        if (take("array<")) {
            ColumnType item = type(depth + 1);
            require(">");
            return new ColumnType(Kind.ARRAY, 0, 0, List.of(new Field(ColumnType.ITEM, item)));
        }
        if (take("map<")) {
            if (!take("string")) {
                throw new IllegalArgumentException(
                        Quoted.of(text) + " has a map whose keys are not text; write map<string,TYPE>");
            }
            require(",");
            ColumnType item = type(depth + 1);
            require(">");
            return new ColumnType(Kind.MAP, 0, 0, List.of(new Field(ColumnType.ITEM, item)));
        }
        if (take("struct<")) {
            return new ColumnType(Kind.STRUCT, 0, 0, fields(depth + 1));
        }
        return match(DECIMAL).map(ColumnTypeParser::decimal).orElseGet(this::plain);
    }

    private List<Field> fields(int depth) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (true) {
            String name = match(FIELD)
                    .map(found -> found.group(1))
                    .orElseThrow(() -> new IllegalArgumentException(Quoted.of(text)
                            + " has a struct with a field that is not NAME:TYPE; write the name in lower-case letters,"
                            + " digits and _"));
            if (!names.add(name) || fields.size() >= MAX_FIELDS) {
                throw new IllegalArgumentException(Quoted.of(text) + " has a struct with the field " + name
                        + " twice, or with more than " + MAX_FIELDS + " fields");
            }
            fields.add(new Field(name, type(depth)));
            if (match(NEXT).orElseThrow(this::unknown).group(1).equals(">")) {
                return fields;
            }
        }
    }

    private static ColumnType decimal(Matcher found) {
        int scale = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        return new ColumnType(Kind.DECIMAL, Integer.parseInt(found.group(1)), scale);
    }

    private ColumnType plain() {
        String word = match(PLAIN).map(Matcher::group).orElseThrow(this::unknown);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.DECIMAL && !kind.isNested())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .map(kind -> new ColumnType(kind, 0, 0))
                .orElseThrow(this::unknown);
    }

    private Optional<Matcher> match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        position = matcher.end();
        return Optional.of(matcher);
    }

    private boolean take(String word) {
        if (!text.startsWith(word, position)) {
            return false;
        }
        position += word.length();
        return true;
    }

    private void require(String word) {
        if (!match(NEXT).map(found -> found.group(1).equals(word)).orElse(false)) {
            throw unknown();
        }
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException(Quoted.of(text)
                + " is not a column type; write string, boolean, int, long, double, timestamp, date, for example"
                + " decimal(18,4), or of these array<TYPE>, map<string,TYPE> or struct<NAME:TYPE,…>");
    }
}
