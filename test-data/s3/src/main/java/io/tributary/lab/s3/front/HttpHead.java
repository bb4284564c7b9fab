package io.tributary.lab.s3.front;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The lines before the body of a request or an answer, as they came. */
record HttpHead(List<String> lines) {

    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final int NOTHING_MODIFIED = 304;
    private static final int NO_CONTENT = 204;

    HttpHead {
        lines = List.copyOf(lines);
    }

    /** The next head of {@code in}; empty if it ends before one begins. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int state = 0;
        while (state < 4) {
            int next = in.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("The connection ended within a head");
            }
            bytes.write(next);
            boolean isNextOfEnd = next == (state % 2 == 0 ? '\r' : '\n');
            state = isNextOfEnd ? state + 1 : next == '\r' ? 1 : 0;
            if (bytes.size() > MAX_HEAD_BYTES) {
                throw new IOException("A head of more than " + MAX_HEAD_BYTES + " bytes");
            }
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(
                new HttpHead(List.of(text.substring(0, text.length() - 4).split("\r\n"))));
    }

    private String word(int index) {
        return lines.get(0).split(" ", 3)[index];
    }

    /** Of a request. */
    String method() {
        return word(0);
    }

    /** Of a request: the path without its query. */
    String path() {
        String target = word(1);
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Whether it asks what a bucket holds. */
    boolean lists() {
        return method().equals("GET") && word(1).contains("list-type=");
    }

    /** Of an answer. */
    int status() {
        return Integer.parseInt(word(1));
    }

    boolean isSuccess() {
        return status() / 100 == 2;
    }

    Optional<String> header(String name) {
        String start = name + ":";
        return lines.stream()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    private boolean says(String header, String value) {
        return header(header).filter(value::equalsIgnoreCase).isPresent();
    }

    boolean asksToContinue() {
        return says("Expect", "100-continue");
    }

    boolean closes() {
        return says("Connection", "close");
    }

    /** Whether the answer to a request of {@code method} has a body. */
    boolean hasBody(String method) {
        return !method.equals("HEAD") && status() != NO_CONTENT && status() != NOTHING_MODIFIED;
    }

    boolean isChunked() {
        return says("Transfer-Encoding", "chunked");
    }

    Optional<Long> length() {
        return header("Content-Length").map(Long::valueOf);
    }

    /** The same head without a header. */
    HttpHead without(String name) {
        return new HttpHead(lines.stream()
                .filter(line -> !line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .toList());
    }

    byte[] bytes() {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
