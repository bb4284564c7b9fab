package io.tributary.ingest.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects JSON, up to {@link JsonConverter#MAX_JSON_BYTES}. */
final class BoundedOutput extends OutputStream {

    private final ByteArrayOutputStream bytes;

    BoundedOutput(int size) {
        this.bytes = new ByteArrayOutputStream(size);
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
        if (length > JsonConverter.MAX_JSON_BYTES - bytes.size()) {
            throw new IOException("it is more than " + (JsonConverter.MAX_JSON_BYTES >> 20) + " MiB of JSON");
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
