package io.tributary.lab.input;

import io.tributary.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A file of one record a line. Lines end with a line feed, or carriage return and line feed, which are no part of the
 * record; what follows the last line feed is a record only if it is not empty.
 */
public record InputFile(Path file) {

    private static final int BUFFER = 1 << 16;

    public InputFile {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidInputException(file + " is not a file that can be read; name a file of JSON lines");
        }
    }

    /** Hands over each line's bytes, in order, for as long as {@code goOn} takes them. */
    public void forEachLine(Predicate<byte[]> goOn) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                } else if (goOn.test(withoutCarriageReturn(line.toByteArray()))) {
                    line.reset();
                } else {
                    return;
                }
            }
            if (line.size() > 0) {
                boolean ignored = goOn.test(line.toByteArray());
            }
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be read to its end: " + e.getMessage(), e);
        }
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        int last = line.length - 1;
        return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
    }
}
