package io.tributary.ingest.format;

import java.io.EOFException;
import java.io.IOException;

/**
 * Reads Avro's binary encoding from an array. Every length is held against what is left of the array, so that no value
 * asks for more memory than it has bytes.
 *
 * @see <a href="https://avro.apache.org/docs/1.11.1/specification/#binary-encoding">Avro's specification</a>
 */
final class AvroInput {

    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] bytes;
    private int position;

    AvroInput(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = from;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isAtEnd() {
        return position >= bytes.length;
    }

    /** Begin of the next so many bytes, which are passed. */
    int skip(long length) throws IOException {
        if (length < 0 || length > bytes.length - position) {
            throw new EOFException("it ends within a value");
        }
        int begin = position;
        position += (int) length;
        return begin;
    }

    boolean readBoolean() throws IOException {
        return bytes[skip(1)] != 0;
    }

    int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("an int has more than 32 bits");
        }
        return (int) value;
    }

    /** A number of variable length in zigzag encoding. */
    long readLong() throws IOException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            long next = bytes[skip(1)];
            value |= (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IOException("a number is longer than any");
    }

    float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    private long littleEndian(int length) throws IOException {
        int begin = skip(length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[begin + i] & 0xFF);
        }
        return value;
    }
}
