package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an answer says to type next can be typed. */
class TypedNextTest {

    private static final Map<String, String> GIVEN = Map.of(
            "TRIBUTARY_TYPED", "scripts/tributary",
            "TRIBUTARY_TYPED_LAKE", "--lake /data/lake",
            "TRIBUTARY_TYPED_DATA_CENTERS", "--data-centers dc.yaml");

    @Test
    void theOptionsThatNameTheLakeOrTheFileAreAppended() {
        assertThat(shown(GIVEN, "A.\nnext: tributary log\n"))
                .isEqualTo("A.\nnext: scripts/tributary log --lake /data/lake\n");
        assertThat(shown(GIVEN, "next: tributary dc list\n"))
                .isEqualTo("next: scripts/tributary dc list --data-centers dc.yaml\n");
        assertThat(shown(GIVEN, "next: tributary dc explain nyc\n"))
                .isEqualTo("next: scripts/tributary dc explain nyc --lake /data/lake --data-centers dc.yaml\n");
        assertThat(shown(
                        Map.of("TRIBUTARY_TYPED", "tributary", "TRIBUTARY_TYPED_STAGE", "--stage prod"),
                        "nothing to do; next: tributary dc list\n"))
                .isEqualTo("nothing to do; next: tributary dc list --stage prod\n");
    }

    @Test
    void allElseStaysAsItIs() {
        for (String text : new String[] {
            "next: put the file in its place\n",
            "what next: tributary\n",
            "\"next\" : \"tributary log\"\n",
            "no end, ü",
            "\n\n",
            ""
        }) {
            assertThat(shown(GIVEN, text)).isEqualTo(text);
        }
    }

    private static String shown(Map<String, String> environment, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new TypedNext(bytes, environment), true, StandardCharsets.UTF_8);
        out.print(text);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
