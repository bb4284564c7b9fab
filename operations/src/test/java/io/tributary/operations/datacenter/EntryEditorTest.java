package io.tributary.operations.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterChange;
import io.tributary.config.DataCenters;
import io.tributary.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryEditorTest {

    private static final String WRITTEN = """
            # On call: +49 69 000
            data_centers:

              # Frankfurt
              - name: fra1   # the first ☁𝄞
                bootstrap_servers: "kafka1:9092,kafka2:9092" # both
                topics:
                  - events
                  - clicks   # since May
                # still to come: audit
                kafka:
                  client.id: a   # why not

              # New York
              - {name: nyc1, bootstrap_servers: "n:9092", topics: [events]} # small

              - name: sin2
                state: paused # until the move is over
                paused_until: 2026-01-31T08:00:00Z
                bootstrap_servers: "s:9092"
                topics: [events]
                # kafka: {client.id: b}
            # end
            """;

    private static final EntryEditor.NewEntry LON =
            new EntryEditor.NewEntry("lon1", "l:9092", List.of("events"), Optional.empty(), Map.of());

    @Test
    void anAbsentKeyIsAddedBehindTheOthersAndNothingElseChanges() {
        assertThat(EntryEditor.of(WRITTEN).with("fra1", "state", "paused"))
                .isEqualTo(WRITTEN.replace("# since May\n", "# since May\n    state: paused\n"));
        assertThat(EntryEditor.of(WRITTEN).with("nyc1", "state", "paused"))
                .isEqualTo(WRITTEN.replace("topics: [events]} # small", "topics: [events], state: paused} # small"));
    }

    @Test
    void aListTakesThePlaceOfTheOneBeforeHoweverThatIsWritten() {
        List<String> trip = List.of("events-0 from offset 7");
        String now = "accept_rejects: [\"events-0 from offset 7\"]";

        assertThat(EntryEditor.of(WRITTEN).with("fra1", "accept_rejects", trip))
                .isEqualTo(WRITTEN.replace("# since May\n", "# since May\n    " + now + "\n"));
        assertThat(EntryEditor.of(WRITTEN).with("nyc1", "accept_rejects", trip))
                .isEqualTo(WRITTEN.replace("topics: [events]} # small", "topics: [events], " + now + "} # small"));
        for (String before : List.of("[a-0 from offset 1, a-1 from offset 2]", "\n    - a-0 from offset 1", "[]")) {
            String written = WRITTEN.replace("    kafka:\n", "    accept_rejects: " + before + "\n    kafka:\n");
            assertThat(EntryEditor.of(written).with("fra1", "accept_rejects", trip))
                    .contains(now)
                    .doesNotContain("a-0")
                    .satisfies(text ->
                            assertThat(DataCenters.parse(text, "edited").all()).hasSize(3));
        }
    }

    @Test
    void aValueIsReplacedAndItsCommentStays() {
        assertThat(EntryEditor.of(WRITTEN).with("sin2", "state", "active"))
                .isEqualTo(WRITTEN.replace("state: paused #", "state: active #"));
        assertThat(EntryEditor.of(WRITTEN).with("sin2", "paused_until", "2026-02-01T08:00:00Z"))
                .isEqualTo(WRITTEN.replace("2026-01-31", "2026-02-01"));
    }

    @Test
    void aKeyIsTakenOutWithItsLine() {
        assertThat(EntryEditor.of(WRITTEN).without("sin2", "paused_until"))
                .isEqualTo(WRITTEN.replace("    paused_until: 2026-01-31T08:00:00Z\n", ""));
        assertThat(EntryEditor.of(WRITTEN).without("fra1", "paused_until")).isEqualTo(WRITTEN);
        String flow = "data_centers: [{paused_until: 2026-01-31T08:00:00Z, name: a, state: paused, topics: [e],"
                + " bootstrap_servers: 'a:1'}]";
        assertThat(EntryEditor.of(flow).without("a", "paused_until"))
                .isEqualTo(flow.replace("paused_until: 2026-01-31T08:00:00Z, ", ""));
        assertThat(EntryEditor.of(flow).without("a", "state")).isEqualTo(flow.replace(", state: paused", ""));
    }

    @Test
    void anEntryGoesWithTheCommentsDirectlyAboveIt() {
        assertThat(EntryEditor.of(WRITTEN).withoutEntry("nyc1"))
                .isEqualTo(WRITTEN.replaceAll("(?m)^  # New York\n.*small\n\n", ""));
        assertThat(EntryEditor.of(WRITTEN).withoutEntry("sin2"))
                .isEqualTo(WRITTEN.replaceAll("(?s)  - name: sin2.*(# end\n)", "$1"));
        String withoutFirst = EntryEditor.of(WRITTEN).withoutEntry("fra1");
        assertThat(withoutFirst).startsWith("# On call: +49 69 000\ndata_centers:\n\n  # New York\n");
    }

    @Test
    void aListWithoutEntriesStaysAList() {
        String one = "data_centers: # all\n- name: a\n  bootstrap_servers: 'a:1'\n  topics: [e]\n";

        String none = EntryEditor.of(one).withoutEntry("a");
        assertThat(none).isEqualTo("data_centers: [] # all\n");
        assertThat(DataCenters.parse(EntryEditor.of(none).plus(LON), "again").all())
                .extracting(DataCenter::name)
                .containsExactly("lon1");
    }

    @Test
    void aNewEntryStandsLikeTheOthers() {
        assertThat(EntryEditor.of(WRITTEN).plus(LON))
                .isEqualTo(WRITTEN.replace(
                        "# end\n",
                        "\n  - name: lon1\n    bootstrap_servers: \"l:9092\"\n    topics: [events]\n# end\n"));
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> EntryEditor.of(WRITTEN).with("par1", "state", "paused"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no data center \"par1\" in the data-centers file; it has fra1, nyc1, sin2.");
    }

    static Stream<String> files() {
        return Stream.of(
                WRITTEN,
                WRITTEN.replace("\n", "\r\n"),
                WRITTEN.stripTrailing(),
                "\uFEFF" + WRITTEN,
                """
                data_centers:
                -\s
                  name: a
                  bootstrap_servers: >-
                    a:1
                  topics: [e]""",
                """
                data_centers:
                -   # the first
                    name: a
                    topics:
                    - e
                    bootstrap_servers: |-
                      a:1
                    state:   paused
                - name: b
                  bootstrap_servers: b:1
                  topics: [e]
                """,
                "{\"data_centers\": [{\"name\": \"a\", \"bootstrap_servers\": \"a:1\", \"topics\": [\"e\"]}]}",
                """
                data_centers: [
                  {name: a, # first
                   bootstrap_servers: 'a:1', topics: [e]},
                  {name: b, bootstrap_servers: 'b:1', topics: [e]} ]
                """,
                "data_centers: []",
                "data_centers:   # none yet\n  []\n");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyEditOfEveryFileDoesWhatItSaysAndNoMore(String text) {
        DataCenters before = DataCenters.parse(text, "file");
        List<DataCenterChange> added = DataCenterChange.between(
                before, DataCenters.parse(EntryEditor.of(text).plus(LON), "added"));
        assertThat(added).extracting(DataCenterChange::dataCenter).containsExactly("lon1");

        for (DataCenter center : before.all()) {
            String name = center.name();
            String paused = EntryEditor.of(EntryEditor.of(text).with(name, "state", "paused"))
                    .with(name, "paused_until", "2026-03-01T08:00:00Z");
            assertThat(comments(paused)).containsExactlyElementsOf(comments(text));
            DataCenters after = DataCenters.parse(paused, "paused");
            assertThat(DataCenterChange.between(before, after))
                    .extracting(DataCenterChange::dataCenter)
                    .containsExactly(name);
            String resumed = EntryEditor.of(EntryEditor.of(paused).without(name, "paused_until"))
                    .with(name, "state", "active");
            assertThat(comments(resumed)).containsExactlyElementsOf(comments(text));
            assertThat(DataCenters.parse(resumed, "resumed").all())
                    .filteredOn(one -> one.name().equals(name))
                    .singleElement()
                    .satisfies(one -> assertThat(one.state()).isEqualTo(DataCenter.State.ACTIVE));

            DataCenters without = DataCenters.parse(EntryEditor.of(text).withoutEntry(name), "without");
            assertThat(without.all())
                    .containsExactlyElementsOf(before.all().stream()
                            .filter(one -> !one.name().equals(name))
                            .toList());
        }
    }

    @Test
    void anyValueOfAnOptionIsReadBackAsItWasGiven() {
        Map<String, String> kafka = new LinkedHashMap<>();
        kafka.put("security.protocol", "SASL_SSL");
        kafka.put("sasl.mechanism", "PLAIN");
        kafka.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\""
                        + " password=\"${env:P}\";");
        kafka.put("client.id", "yes");
        kafka.put("max.poll.records", "0500");
        for (String text : List.of(WRITTEN, "data_centers: []", "{\"data_centers\": []}")) {
            String added = EntryEditor.of(text)
                    .plus(new EntryEditor.NewEntry(
                            "7", "l:9092,[::1]:9", List.of("null", "e"), Optional.of("2026-01-31T08:00:00Z"), kafka));
            List<DataCenter> all = DataCenters.parse(added, "added").all();
            assertThat(all.get(all.size() - 1)).satisfies(center -> {
                assertThat(center.name()).isEqualTo("7");
                assertThat(center.bootstrapServers()).isEqualTo("l:9092,[::1]:9");
                assertThat(center.topics()).containsExactly("null", "e");
                assertThat(center.kafka()).containsExactlyInAnyOrderEntriesOf(kafka);
            });
        }
    }

    private static List<String> comments(String text) {
        return text.lines()
                .filter(line -> line.contains("#"))
                .map(line -> line.substring(line.indexOf('#')))
                .toList();
    }
}
