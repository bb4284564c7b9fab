package io.tributary.lab.fuzz;

import io.tributary.lab.fuzz.HostileRecord.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Hostile records by their number: the same seed and start make the same ones.
 *
 * <p>One in seven repeats the value of an earlier one, with another key, timestamp and codec.
 */
public final class Corpus {

    /** What one load sends has numbers below the next multiple of this. */
    public static final long NUMBERS_OF_A_LOAD = 100_000_000;

    private static final int REPEAT_ONE_IN = 7;
    private static final int REPEATS_REACH_BACK = 20_000;

    /** Seconds, milliseconds, micro- and nanoseconds, .NET ticks, and where types and years end. */
    private static final List<Long> TIMESTAMPS = List.of(
            0L,
            1L,
            1_735_689_600L,
            1_735_689_600_000L,
            1_735_689_600_000_000L,
            1_735_689_600_000_000_000L,
            638_712_000_000_000_000L,
            4_102_444_799_999L,
            4_102_444_800_000L,
            253_402_300_800_000L,
            9_223_372_036_854_775L,
            9_223_372_036_854_776L,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE);

    private static final List<Codec> CODECS = List.of(Codec.values());

    private final long seed;
    private final Instant start;

    /** @param start the times of its events lie mostly in the hour before */
    public Corpus(long seed, Instant start) {
        this.seed = seed;
        this.start = start;
    }

    /** @param number from 0 on */
    public HostileRecord record(long number) {
        SeededChoices dice = new SeededChoices(seed, number);
        long original = original(number);
        return new HostileRecord(
                key(dice),
                value(original, new SeededChoices(~seed, original)),
                timestamp(dice),
                headers(dice),
                dice.of(CODECS));
    }

    /** The number of the record whose value this one has. */
    private long original(long number) {
        SeededChoices dice = new SeededChoices(seed + 1, number);
        if (number % NUMBERS_OF_A_LOAD == 0 || !dice.oneIn(REPEAT_ONE_IN)) {
            return number;
        }
        // Mostly of a moment ago, so that the copies meet in one batch or the next.
        long back = dice.oneIn(3) ? dice.between(1, REPEATS_REACH_BACK) : dice.between(1, 50);
        return original(Math.max(number - number % NUMBERS_OF_A_LOAD, number - back));
    }

    private Optional<byte[]> value(long number, SeededChoices dice) {
        return switch (dice.below(20)) {
            case 0, 1, 2 -> text(HostileJson.plain(start, number, dice));
            case 3, 4, 5 -> text(HostileJson.withHostileTime(start, number, dice));
            case 6, 7 -> text(HostileJson.withHostileId(start, number, dice));
            case 8, 9, 10, 11, 12 -> text(HostileJson.withHostileColumns(start, number, dice));
            case 13, 14, 15 -> text(HostileJson.withHostileStructure(start, number, dice));
            case 16, 17 -> Optional.of(HostileBytes.mutated(HostileJson.plain(start, number, dice), dice));
            default -> HostileBytes.any(HostileJson.plain(start, number, dice), dice);
        };
    }

    private static Optional<byte[]> text(String value) {
        return Optional.of(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> key(SeededChoices dice) {
        return switch (dice.below(6)) {
            case 0, 1, 2 -> Optional.empty();
            case 3 -> Optional.of(new byte[0]);
            case 4 -> Optional.of(dice.bytes(dice.oneIn(20) ? 10_000 : 8));
            default -> Optional.of(("key-" + dice.below(100)).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static OptionalLong timestamp(SeededChoices dice) {
        return switch (dice.below(5)) {
            case 0 -> OptionalLong.of(dice.of(TIMESTAMPS));
            case 1 -> OptionalLong.of(dice.any() & Long.MAX_VALUE);
            default -> OptionalLong.empty();
        };
    }

    private static List<Header> headers(SeededChoices dice) {
        List<Header> headers = new ArrayList<>();
        if (dice.oneIn(3)) {
            for (int i = dice.oneIn(50) ? 500 : dice.below(4); i >= 0; i--) {
                headers.add(new RecordHeader(
                        dice.of(List.of("", "traceparent", "ce_id", "größe", "x".repeat(300), "\u0000")),
                        dice.oneIn(4) ? null : dice.bytes(dice.below(40))));
            }
        }
        return headers;
    }
}
