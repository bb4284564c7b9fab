package io.tributary.lab.truth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends to the truth file of one run; any thread may. */
public final class TruthWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    private TruthWriter(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    static TruthWriter create(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER);
        out.write((TruthLine.HEADER + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return new TruthWriter(file, out);
    }

    public synchronized void append(SentRecord sent) {
        line.setLength(0);
        TruthLine.append(sent, line);
        try {
            // Half of a surrogate pair, which JSON can write and UTF-8 cannot, becomes ? here as it does in Spark.
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Hands what was appended to the operating system, where it survives the end of this process. */
    public synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("The truth cannot be written: " + file, e);
    }
}
