package io.tributary.lab.load;

/** Numbers that look random and are a function of their place: the finaliser of SplitMix64, which is a bijection. */
final class SplitMix64 {

    private SplitMix64() {}

    static long of(long seed, long place) {
        return bijective(bijective(seed + 0x9E3779B97F4A7C15L) ^ place);
    }

    /** No two places have the same number. */
    static long bijective(long place) {
        long mixed = (place ^ (place >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
