package io.tributary.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicIdentityTest {

    private static final TopicIdentity KNOWN = TopicIdentity.first("c1", "t1");

    @Test
    void anotherTopicIdOrClusterIdIsAnotherTopic() {
        assertThat(KNOWN.differsFrom(TopicIdentity.first("c1", "t2"))).isTrue();
        assertThat(KNOWN.differsFrom(TopicIdentity.first("c2", "t1"))).isTrue();
        assertThat(KNOWN.differsFrom(new TopicIdentity("c1", "t1", 3))).isFalse();
    }

    @Test
    void whatBrokersDoNotTellContradictsNothingAndIsCompleted() {
        TopicIdentity untold = TopicIdentity.first("c1", TopicIdentity.UNTOLD);

        assertThat(KNOWN.differsFrom(untold)).isFalse();
        assertThat(untold.differsFrom(KNOWN)).isFalse();
        assertThat(KNOWN.completedBy(untold)).isEqualTo(KNOWN);
        assertThat(untold.completedBy(KNOWN)).isEqualTo(KNOWN);
    }

    @Test
    void aSuccessorIsNeverAnIdentityThatWasThereBefore() {
        TopicIdentity second = KNOWN.successor(TopicIdentity.first("c2", "t2"));

        assertThat(second).hasToString("c2/t2/1");
        assertThat(second.successor(KNOWN)).hasToString("c1/t1/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1/t1", "c1/-", "-/-/1", "5L6g3nShT-eMCtK--X86sw/Ab_cdefghijklmnopqrstu/12"})
    void itsTextIsReadBack(String text) {
        assertThat(TopicIdentity.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "c1/", "/t1", "c1/t1/0", "c1/t1/x", "c1/t1/1/2", "c1 /t1"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> TopicIdentity.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a topic's identity: " + text);
    }
}
