package io.tributary.ingest.state;

import org.apache.spark.unsafe.Platform;

/**
 * SipHash-2-4 with 128 bits of output: a hash under a secret key, whose collisions cannot be found without the key. It is
 * not safe for use by several threads.
 */
final class SipHash128 {

    private final long firstKey;
    private final long secondKey;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long first;
    private long second;

    SipHash128(long firstKey, long secondKey) {
        this.firstKey = firstKey;
        this.secondKey = secondKey;
    }

    /**
     * Hashes a range of bytes; {@link #first} and {@link #second} then hold the result.
     *
     * @param base an array, or null for memory outside the heap, as {@link Platform} addresses it
     */
    void hash(Object base, long offset, int length) {
        v0 = firstKey ^ 0x736f6d6570736575L;
        v1 = secondKey ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = firstKey ^ 0x6c7967656e657261L;
        v3 = secondKey ^ 0x7465646279746573L;
        long end = offset + length;
        long at = offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            compress(Platform.getLong(base, at));
        }
        long last = (long) length << 56;
        for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
            last |= (Platform.getByte(base, at) & 0xffL) << shift;
        }
        compress(last);
        v2 ^= 0xee;
        first = finish();
        v1 ^= 0xdd;
        second = finish();
    }

    /** The first 64 bits, in little-endian order of the reference. */
    long first() {
        return first;
    }

    long second() {
        return second;
    }

    private void compress(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private long finish() {
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
