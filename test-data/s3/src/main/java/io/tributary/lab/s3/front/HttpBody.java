package io.tributary.lab.s3.front;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Copies bodies as they are framed, byte by byte the same. */
final class HttpBody {

    private static final int HEXADECIMAL = 16;

    private HttpBody() {}

    /** The body of a request; without a word on its length there is none. */
    static byte[] ofRequest(HttpHead head, InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.isChunked()) {
            copyChunks(in, body);
        } else {
            copy(in, body, head.length().orElse(0L));
        }
        return body.toByteArray();
    }

    /**
     * Copies the body of an answer.
     *
     * @return whether the connection can carry another; not if its end was the body's
     */
    static boolean ofAnswer(HttpHead head, InputStream in, OutputStream out) throws IOException {
        if (head.isChunked()) {
            copyChunks(in, out);
            return true;
        }
        if (head.length().isPresent()) {
            copy(in, out, head.length().get());
            return true;
        }
        in.transferTo(out);
        return false;
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
        while (true) {
            String size = line(in, out);
            long length = Long.parseLong(size.split(";", 2)[0].strip(), HEXADECIMAL);
            if (length == 0) {
                while (!line(in, out).isEmpty()) {
                    // Trailers, up to the empty line.
                }
                return;
            }
            copy(in, out, length);
            line(in, out);
        }
    }

    private static String line(InputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection ended within a body");
            }
            out.write(next);
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).strip();
            }
            line.write(next);
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(length, 64 << 10)];
        for (long left = length; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("The connection ended within a body");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
