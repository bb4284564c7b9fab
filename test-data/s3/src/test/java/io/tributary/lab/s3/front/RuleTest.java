package io.tributary.lab.s3.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lab.s3.front.Rule.Effect;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleTest {

    @Test
    void aRuleTakesAllRequestsThatMatchUnlessItSaysOtherwise() {
        Rule rule = Rule.parse("r1 hold-before PUT /lake/.*/_delta_log/\\d{20}\\.json");

        assertThat(rule.effect()).isEqualTo(Effect.HOLD_BEFORE);
        assertThat(rule.share()).isEqualTo(1);
        assertThat(rule.times()).isEqualTo(Integer.MAX_VALUE);
        assertThat(rule.after()).isEmpty();
        assertThat(rule.matches("PUT", "/lake/t/_delta_log/00000000000000000007.json"))
                .isTrue();
        assertThat(rule.matches("GET", "/lake/t/_delta_log/00000000000000000007.json"))
                .isFalse();
        assertThat(rule.matches("PUT", "/lake/t/_delta_log/00000000000000000007.crc"))
                .isFalse();
    }

    @Test
    void everythingElseIsRead() {
        Rule rule = Rule.parse("r2 answer:503 GET,PUT .* share=0.25 times=3 after=/a/.*");

        assertThat(rule.value()).isEqualTo(503);
        assertThat(rule.methods()).containsExactlyInAnyOrder("GET", "PUT");
        assertThat(rule.share()).isEqualTo(0.25);
        assertThat(rule.times()).isEqualTo(3);
        assertThat(rule.after().map(Object::toString)).isEqualTo(Optional.of("/a/.*"));
    }

    @Test
    void whatIsNoRuleIsRefusedWithTheReason() {
        refused("r1 hold-before PUT", "is no rule");
        refused("r1 explode PUT .*", "\"explode\" is none of");
        refused("r1 answer PUT .*", "answer needs a value");
        refused("r1 drop-after:3 PUT .*", "drop-after takes no value");
        refused("r1 slow:10 PUT ( ", "\"(\" is no pattern");
        refused("r1 slow:10 PUT .* often", "\"often\" is none of");
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> Rule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
