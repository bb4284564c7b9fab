package io.tributary.lab.fuzz;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The text of an event, member by member, each of which may be hostile. */
final class HostileJson {

    private static final List<String> COLUMNS =
            List.of("text", "flag", "small", "big", "ratio", "price", "wide", "seen", "day", "deep");
    private static final int MEGABYTE = 1 << 20;

    private final Instant now;
    private final long number;
    private final SeededChoices dice;
    private final List<String> members = new ArrayList<>();

    private HostileJson(Instant now, long number, SeededChoices dice) {
        this.now = now;
        this.number = number;
        this.dice = dice;
    }

    /** An event that has what it needs and nothing unusual. */
    static String plain(Instant now, long number, SeededChoices dice) {
        HostileJson json = new HostileJson(now, number, dice);
        json.add("event_id", "\"fuzz-" + Long.toString(number, 36) + "\"");
        json.add("event_time", HostileTimes.good(now, dice));
        json.add("event_type", "\"order\"");
        json.add("small", Integer.toString(dice.below(1_000)));
        json.add("price", dice.below(1_000_000) + ".25");
        json.add("seen", HostileTimes.good(now, dice));
        return json.object();
    }

    static String withHostileTime(Instant now, long number, SeededChoices dice) {
        HostileJson json = new HostileJson(now, number, dice);
        json.add("event_id", "\"fuzz-" + Long.toString(number, 36) + "\"");
        json.add("event_time", HostileTimes.any(now, dice));
        return json.object();
    }

    static String withHostileId(Instant now, long number, SeededChoices dice) {
        HostileJson json = new HostileJson(now, number, dice);
        json.add("event_id", HostileIds.any(number, dice));
        json.add("event_time", HostileTimes.good(now, dice));
        json.add("data_center", HostileValues.type(dice));
        return json.object();
    }

    static String withHostileColumns(Instant now, long number, SeededChoices dice) {
        HostileJson json = identified(now, number, dice);
        json.add("event_type", HostileValues.type(dice));
        for (String column : COLUMNS) {
            if (!dice.oneIn(4)) {
                String value = HostileValues.any(now, dice);
                json.add(column, column.equals("deep") ? "{\"er\":[" + value + "]}" : value);
            }
        }
        return json.object();
    }

    /** Nested, doubled, long, followed by something else. */
    static String withHostileStructure(Instant now, long number, SeededChoices dice) {
        return identified(now, number, dice).structured();
    }

    private String structured() {
        switch (dice.below(16)) {
            case 0 -> add("deep", nested("[", "]"));
            case 1 -> add("deep", nested("{\"a\":", "}"));
            case 2 -> add("deep", "{\"er\":" + nested("[", "]") + "}");
            case 3 -> twice("event_id", HostileIds.unique(-number - 1, dice));
            case 4 -> twice("event_time", HostileTimes.any(now, dice));
            case 5 -> twice("price", HostileValues.any(now, dice));
            case 6 -> many(dice.of(List.of(100, 1_000, 3_000)));
            case 7 -> add("big", HostileValues.longNumber(dice));
            case 8 -> add("text", "\"" + "y".repeat(large()) + "\"");
            case 9 -> add("text", "\"" + "😀".repeat(large() / 4) + "\"");
            case 10 -> add("k".repeat(dice.of(List.of(100, 1_000, 40_000))), "1");
            case 11 -> add("", "{\"\":{\"\":\"\"}}");
            case 12 -> {
                return object() + dice.of(List.of("}", ",", " x", "{}", object(), "\u0000", "]", "//", " 1"));
            }
            case 13 -> {
                return dice.of(List.of("[", "\"", "x", "\uFEFF", "\u0000", ",", "/**/")) + object();
            }
            case 14 -> {
                String pad = dice.of(List.of(" ", "\t", "\r\n", " \n\t ", "\u00a0", "\u2028", "\u000b"));
                return pad + object() + pad;
            }
            default ->
                add(
                        "text",
                        dice.of(List.of(
                                "NaN",
                                "Infinity",
                                "01",
                                "+1",
                                ".5",
                                "1.",
                                "'x'",
                                "nul",
                                "0x1",
                                "\"\\x\"",
                                "\"\\u12\"",
                                "\"\t\"",
                                "tru",
                                "-",
                                "1e",
                                "[1,]",
                                "{,}",
                                "{a:1}",
                                "\"\u0000\"",
                                "")));
        }
        return object();
    }

    private static HostileJson identified(Instant now, long number, SeededChoices dice) {
        HostileJson json = new HostileJson(now, number, dice);
        json.add("event_id", HostileIds.unique(number, dice));
        json.add("event_time", HostileTimes.good(now, dice));
        return json;
    }

    private void add(String name, String value) {
        members.add("\"" + name + "\":" + value);
    }

    /** The name a second time, before or after the first. */
    private void twice(String name, String value) {
        members.add(dice.oneIn(2) ? 0 : members.size(), "\"" + name + "\":" + value);
    }

    private void many(int count) {
        for (int i = 0; i < count; i++) {
            add("n" + i, dice.oneIn(2) ? Integer.toString(i) : "\"" + i + "\"");
        }
    }

    private String nested(String open, String close) {
        int depth = dice.of(List.of(10, 500, 990, 997, 998, 999, 1_000, 1_001, 5_000));
        return open.repeat(depth) + (open.equals("[") ? "" : "1") + close.repeat(depth);
    }

    /** Seldom a megabyte, since a hundred thousand of those would measure the disk. */
    private int large() {
        return dice.oneIn(12) ? MEGABYTE : dice.of(List.of(1_000, 32_767, 65_536));
    }

    private String object() {
        return "{" + String.join(",", members) + "}";
    }
}
