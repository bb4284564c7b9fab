package io.tributary.lab.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Choices that a seed makes. */
final class SeededChoices {

    private final SplittableRandom random;

    /** The same seed and number make the same choices. */
    SeededChoices(long seed, long number) {
        // Spread twice, since neighbouring seeds begin alike.
        this.random =
                new SplittableRandom(new SplittableRandom(seed).nextLong() ^ new SplittableRandom(number).nextLong());
    }

    /** From 0 to {@code bound} - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code least} to {@code most}. */
    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    long any() {
        return random.nextLong();
    }

    /** True once in {@code times}. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
