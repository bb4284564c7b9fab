package io.tributary.lab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {

    @TempDir
    private Path dir;

    @Test
    void everyLineIsARecordWithoutItsEnding() throws Exception {
        assertThat(lines("a\nb\r\nc\n")).containsExactly("a", "b", "c");
    }

    @Test
    void blankLinesInBetweenAreRecords() throws Exception {
        assertThat(lines("a\n\n\r\n  \nb\n\n")).containsExactly("a", "", "", "  ", "b", "");
    }

    @Test
    void theLastLineNeedsNoEnding() throws Exception {
        assertThat(lines("a\nb")).containsExactly("a", "b");
        assertThat(lines("a\n\r")).containsExactly("a", "\r");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void onlyOneCarriageReturnBelongsToTheEnding() throws Exception {
        assertThat(lines("a\r\r\nb\rc\n")).containsExactly("a\r", "b\rc");
    }

    @Test
    void readingStopsWhenNoMoreIsTaken() throws Exception {
        List<String> taken = new ArrayList<>();
        file("a\nb\nc").forEachLine(line -> {
            taken.add(new String(line, StandardCharsets.UTF_8));
            return taken.size() < 2;
        });
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new InputFile(dir.resolve("none.jsonl")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none.jsonl is not a file that can be read");
    }

    private List<String> lines(String content) throws Exception {
        List<String> lines = new ArrayList<>();
        file(content).forEachLine(line -> lines.add(new String(line, StandardCharsets.UTF_8)));
        return lines;
    }

    private InputFile file(String content) throws Exception {
        return new InputFile(Files.writeString(dir.resolve("input.jsonl"), content));
    }
}
