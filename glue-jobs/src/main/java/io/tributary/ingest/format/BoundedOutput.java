package io.tributary.ingest.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects JSON, up to a bound. */
final class BoundedOutput extends OutputStream {

    private final ByteArrayOutputStream bytes;
    private final int limit;

    /** @param size that is expected */
    BoundedOutput(int size, int limit) {
        this.bytes = new ByteArrayOutputStream(Math.min(size, limit));
        this.limit = limit;
    }

    @Override
    public void write(int single) throws IOException {
        requireRoom(1);
        bytes.write(single);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        requireRoom(length);
        bytes.write(source, from, length);
    }

    private void requireRoom(int length) throws IOException {
        if (length > limit - bytes.size()) {
            throw new IOException("it is more than " + limit + " bytes of JSON");
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
