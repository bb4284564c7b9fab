package io.tributary.ingest.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The lines of a file that begin in a range of positions. So ranges that touch each other have every line once, wherever
 * they were cut. Positions in a file whose name ends in {@code .gz} are those of the text.
 */
public final class LineReader implements AutoCloseable {

    private static final String COMPRESSED = ".gz";
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxBytes;
    private long position;

    /**
     * A line.
     *
     * @param position at which it begins
     * @param next at which the next one begins
     * @param bytes without the line's end; empty if there are more than can be read
     */
    public record Line(long position, long next, Optional<byte[]> bytes) {

        /** Whether there is nothing in it. */
        public boolean isBlank() {
            if (bytes.isEmpty()) {
                return false;
            }
            for (byte one : bytes.get()) {
                if (one > ' ' || one < 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private LineReader(InputStream in, int maxBytes, long position) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.position = position;
    }

    /**
     * Opens a file at the first line that begins at a position or after it.
     *
     * @param maxBytes of a line that is held in memory
     */
    public static LineReader open(Configuration hadoop, String uri, long from, int maxBytes) throws IOException {
        Path path = new Path(uri);
        FileSystem files = path.getFileSystem(hadoop);
        FSDataInputStream file = files.open(path);
        try {
            long before = Math.max(0, from - 1);
            InputStream text = file;
            if (uri.endsWith(COMPRESSED)) {
                text = new GZIPInputStream(file, BUFFER_BYTES);
                text.skipNBytes(before);
            } else {
                file.seek(before);
            }
            LineReader reader = new LineReader(new BufferedInputStream(text, BUFFER_BYTES), maxBytes, before);
            if (from > 0) {
                // The line that the byte before the position belongs to is of another range.
                reader.next();
            }
            return reader;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The next line; empty at the end of the file. */
    public Optional<Line> next() throws IOException {
        long begin = position;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        while (true) {
            int one = in.read();
            if (one < 0) {
                if (position == begin) {
                    return Optional.empty();
                }
                break;
            }
            position++;
            if (one == '\n') {
                break;
            }
            isTooLong |= line.size() == maxBytes;
            if (!isTooLong) {
                line.write(one);
            }
        }
        return Optional.of(new Line(begin, position, isTooLong ? Optional.empty() : Optional.of(line.toByteArray())));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
