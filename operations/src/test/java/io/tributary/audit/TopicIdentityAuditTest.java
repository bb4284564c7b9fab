package io.tributary.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Offsets of one topic are never taken for those of another one under its name. */
class TopicIdentityAuditTest {

    @Test
    void aTopicThatStaysTheSameIsBalanced() {
        GeneratedLake lake = new GeneratedLake()
                .batch(3, 0)
                .identified("c/-")
                .batch(3, 0)
                .identified("c/t")
                .batch(3, 0);

        assertThat(lake.audit().isBalanced()).isTrue();
    }

    @Test
    void aTopicThatWasBegunAnewIsBalancedAndTold() {
        GeneratedLake lake = new GeneratedLake()
                .identified("c/t")
                .batch(3, 2)
                .identified("c/u/1")
                .begin(0)
                .batch(3, 2);

        AuditReport report = lake.audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.notes())
                .contains(
                        "Batch 2 reads topic fra/events from its start as c/u/1, which an operator accepted. Before it was c/t,"
                                + " read up to these offsets of its partitions: {0=106}; what that topic held beyond them was not"
                                + " read.");
    }

    @Test
    void anotherTopicThatIsReadOnIsNamed() {
        GeneratedLake lake = new GeneratedLake()
                .identified("c/t")
                .batch(3, 0)
                .identified("c/u")
                .batch(3, 0);

        assertThat(lake.audit().findings())
                .extracting(finding -> finding.kind() + " " + finding.version() + " " + finding.place() + ": "
                        + finding.expected() + ", " + finding.found())
                .containsExactly(
                        "TOPIC_IDENTITY 2 fra/events: c/t, or that it is read from its start, c/u",
                        "TOPIC_IDENTITY 2 nyc/events: c/t, or that it is read from its start, c/u");
    }

    @Test
    void aTopicThatIsReadOnAmidItsRecordsIsNamedThoughItCallsItselfBegunAnew() {
        GeneratedLake lake = new GeneratedLake()
                .identified("c/t")
                .batch(3, 0)
                .identified("c/u/1")
                .batch(3, 0);

        assertThat(lake.audit().findings()).extracting(Finding::kind).contains(Finding.Kind.TOPIC_IDENTITY);
    }
}
