package io.tributary.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

    private static final String TEXT = "one\n\ntwo\r\nthree is longer\n4";

    @TempDir
    Path dir;

    @Test
    void rangesThatTouchHaveEveryLineOnceWhereverTheyAreCut() throws Exception {
        String plain = file("a.jsonl", TEXT.getBytes(StandardCharsets.UTF_8));
        String compressed = file("a.jsonl.gz", gzip(TEXT));
        List<String> all = lines(plain, 0, TEXT.length());
        assertThat(all).containsExactly("one", "", "two\r", "three is longer", "4");
        for (int cut = 0; cut <= TEXT.length(); cut++) {
            for (String uri : List.of(plain, compressed)) {
                List<String> both = new ArrayList<>(lines(uri, 0, cut));
                both.addAll(lines(uri, cut, TEXT.length()));
                assertThat(both).as("cut at %d of %s", cut, uri).isEqualTo(all);
            }
        }
    }

    @Test
    void aLineThatIsTooLongCostsOnlyItself() throws Exception {
        String uri = file("long.jsonl", "1\n123456\n3\n".getBytes(StandardCharsets.UTF_8));
        List<Optional<String>> lines = new ArrayList<>();
        try (LineReader reader = LineReader.open(new Configuration(), uri, 0, 3)) {
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get().bytes().map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
            }
        }
        assertThat(lines).containsExactly(Optional.of("1"), Optional.empty(), Optional.of("3"));
    }

    private static List<String> lines(String uri, long from, long until) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = LineReader.open(new Configuration(), uri, from, 1000)) {
            for (var line = reader.next(); line.isPresent() && line.get().position() < until; line = reader.next()) {
                lines.add(new String(line.get().bytes().orElseThrow(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes).toUri().toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
