package io.tributary.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypedCommandTest {

    @Test
    void wordsAreThoseOfAShell() {
        assertThat(TypedCommand.words("dc pause dc2 --because 'broker upgrade'  --yes"))
                .containsExactly("dc", "pause", "dc2", "--because", "broker upgrade", "--yes");
    }

    @Test
    void theNextCommandIsTheLastThatIsNamed() {
        assertThat(answered(
                                "next: /project/scripts/tributary status",
                                "recorded; next: scripts/tributary erase --proof 1")
                        .next())
                .isEqualTo("erase --proof 1");
    }

    @Test
    void whatCannotBeTypedAsItStandsIsNoCommand() {
        for (String said :
                List.of("next: do what their lines say", "next: scripts/tributary dc drain dc1 --because …", "")) {
            TypedCommand command = answered(said);
            assertThatThrownBy(command::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("scripts/tributary dc list did not say what can be typed next");
        }
    }

    private static TypedCommand answered(String... lines) {
        return new TypedCommand("scripts/tributary", "dc list", 0, List.of(lines), Duration.ZERO);
    }
}
