package io.tributary.lab.truth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends to the truth file of one run; any thread may. */
public final class TruthWriter implements AutoCloseable {

    private final Path file;
    private final Writer writer;
    private final StringBuilder line = new StringBuilder();

    private TruthWriter(Path file, Writer writer) {
        this.file = file;
        this.writer = writer;
    }

    static TruthWriter create(Path file) throws IOException {
        Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        writer.write(TruthLine.HEADER + "\n");
        writer.flush();
        return new TruthWriter(file, writer);
    }

    public synchronized void append(SentRecord sent) {
        line.setLength(0);
        TruthLine.append(sent, line);
        try {
            writer.append(line);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Hands what was appended to the operating system, where it survives the end of this process. */
    public synchronized void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("The truth cannot be written: " + file, e);
    }
}
