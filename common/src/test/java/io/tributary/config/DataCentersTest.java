package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.DataCenter.State;
import io.tributary.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCentersTest {

    private static final String FULL = """
            data_centers:
              - name: fra1
                bootstrap_servers: "kafka1:9092, [::1]:9093"
                topics: [events, audit.log]
                start: 2026-01-31T08:00:00Z
                state: paused
                paused_until: 2026-02-01T08:00:00Z
                accept_gaps: [audit.log-3 offsets 100 to 249]
                accept_reset: [audit.log as c/t/1]
                accept_rejects: [events-0 from offset 7]
                event:
                  id: [/order/id, key]
                  time: /at
                  type: /kind
                  data_center: /site
                  time_format: [epoch_seconds, dd.MM.yyyy]
                  time_zone: Asia/Tokyo
                  time_fallback: kafka
                  on_tombstone: skip
                  on_heartbeat: {where: /op = h}
                  registry_header: skip
                  format: avro
                  topics:
                    audit.log: {time: /when, time_format: epoch_nanos, format: avro, schema: '"string"'}
                registry: {type: confluent, url: https://registry:8081/apis/ccompat/v7/, username: reader, password: "${env:FRA1_REGISTRY}"}
                kafka:
                  security.protocol: SASL_SSL
                  kafka.max.poll.records: 500
                  check.crcs: false
                  ssl.endpoint.identification.algorithm: ""
                  sasl.jaas.config: ${env:FRA1_JAAS}
                  ssl.truststore.password: ${file:/etc/tributary/truststore password}
              - {name: Ber-2.a, bootstrap_servers: "b:1", topics: [e], start: latest}
            """;

    @Test
    void aDataCenterHasDefaults() {
        DataCenters dataCenters = DataCenters.parse(withKeys(""), "data-centers.yaml");

        assertThat(dataCenters.all())
                .containsExactly(new DataCenter(
                        "fra1",
                        "kafka1:9092",
                        List.of("events"),
                        new StartingOffsets.Earliest(),
                        State.ACTIVE,
                        List.of(),
                        List.of(),
                        Map.of()));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(DataCenters.parse(FULL, "data-centers.yaml").all())
                .containsExactly(
                        new DataCenter(
                                "fra1",
                                "kafka1:9092,[::1]:9093",
                                List.of("events", "audit.log"),
                                new StartingOffsets.At(Instant.parse("2026-01-31T08:00:00Z")),
                                State.PAUSED,
                                Instant.parse("2026-02-01T08:00:00Z"),
                                List.of(new AcceptedGap("audit.log", 3, 100, 250)),
                                List.of(new AcceptedReset("audit.log", "c/t/1")),
                                List.of(new AcceptedRejects("events", 0, 7)),
                                new EventOverrides(
                                        List.of("/order/id", "key"),
                                        "/at",
                                        "/kind",
                                        "/site",
                                        List.of(TimeFormat.parse("epoch_seconds"), TimeFormat.parse("dd.MM.yyyy")),
                                        ZoneId.of("Asia/Tokyo"),
                                        EventConfig.TimeFallback.KAFKA,
                                        EventConfig.OnTombstone.SKIP,
                                        List.of(new RecordCondition("/op", "h")),
                                        EventConfig.RegistryHeader.SKIP,
                                        new RecordFormat(RecordFormat.Kind.AVRO, null, null),
                                        new TreeMap<>(Map.of(
                                                "audit.log",
                                                new EventOverrides(
                                                        List.of(),
                                                        "/when",
                                                        null,
                                                        null,
                                                        List.of(TimeFormat.parse("epoch_nanos")),
                                                        null,
                                                        null,
                                                        null,
                                                        List.of(),
                                                        null,
                                                        new RecordFormat(RecordFormat.Kind.AVRO, "\"string\"", null),
                                                        new TreeMap<>())))),
                                new RegistryConfig(
                                        RegistryConfig.Type.CONFLUENT,
                                        "https://registry:8081/apis/ccompat/v7",
                                        null,
                                        Map.of("username", "reader", "password", "${env:FRA1_REGISTRY}")),
                                Map.of(
                                        "security.protocol", "SASL_SSL",
                                        "max.poll.records", "500",
                                        "check.crcs", "false",
                                        "ssl.endpoint.identification.algorithm", "",
                                        "sasl.jaas.config", "${env:FRA1_JAAS}",
                                        "ssl.truststore.password", "${file:/etc/tributary/truststore password}")),
                        new DataCenter(
                                "Ber-2.a",
                                "b:1",
                                List.of("e"),
                                new StartingOffsets.Latest(),
                                State.ACTIVE,
                                List.of(),
                                List.of(),
                                Map.of()));
    }

    @Test
    void whatADataCenterSaysOfEventCountsOverThePipelineAndOfATopicOverBoth() {
        DataCenter fra = DataCenters.parse(FULL, "data-centers.yaml").all().get(0);
        EventConfig common = PipelineConfig.parse("event: {id: /common, type: /t}", "pipeline.yaml")
                .event();

        EventConfig events = fra.event().over(common, "events");
        EventConfig audit = fra.event().over(common, "audit.log");

        assertThat(events.id()).containsExactly("/order/id", "key");
        assertThat(events.time()).isEqualTo("/at");
        assertThat(events.timeZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(audit.id()).containsExactly("/order/id", "key");
        assertThat(audit.time()).isEqualTo("/when");
        assertThat(audit.timeFormats()).containsExactly(TimeFormat.parse("epoch_nanos"));
        assertThat(EventOverrides.NONE.over(common, "events")).isEqualTo(common);
    }

    @Test
    void whatADataCenterSaysOfEventTravelsAsText() {
        for (DataCenter center : DataCenters.parse(FULL, "data-centers.yaml").all()) {
            assertThat(EventOverrides.parse(center.event().json().toString())).isEqualTo(center.event());
        }
    }

    @Test
    void dataCentersTravelToExecutors() throws Exception {
        DataCenters dataCenters = DataCenters.parse(FULL, "data-centers.yaml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(dataCenters);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(dataCenters);
        }
    }

    @Test
    void anEmptyListIsAllowed() {
        assertThat(DataCenters.parse("data_centers: []", "data-centers.yaml").all())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n", "{}"})
    void aFileWithoutTheListIsRefused(String yaml) {
        assertThatThrownBy(() -> DataCenters.parse(yaml, "data-centers.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The data-centers file data-centers.yaml has 1 problem:\n  data_centers: is missing;"
                        + " list the data centers there, or write data_centers: [] for none");
    }

    @Test
    void aListThatWasLeftBlankIsNotAnEmptyList() {
        assertThatThrownBy(() -> DataCenters.parse("data_centers:\n", "data-centers.yaml"))
                .hasMessageContaining("data_centers: nothing stands where a list is needed; write [] for none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "start: tomorrow | start: \"tomorrow\" is not a start; write earliest, latest or an instant like 2026",
                "start: 2026-01-31 | start: \"2026-01-31\" is not a start",
                "start: +1000000000-01-01T00:00:00Z | start: \"+1000000000-01-01T00:00:00Z\" lies beyond the year 9999; write",
                "paused_until: 2026-01-31T08:00:00Z | paused_until: ends a pause, and the data center is not paused",
                "paused_until: +1000000000-01-01T00:00:00Z | paused_until: \"+1000000000-01-01T00:00:00Z\" lies beyond",
                "paused_until: noon | paused_until: \"noon\" is not an instant; write it like 2026-01",
                "state: off | state: \"off\" is not a choice here; write active or paused",
                "event: {id: id} | event.id: \"id\" is not a JSON pointer to a field",
                "event: {ids: /id} | event.ids: is not a known key; did you mean id?",
                "event: {time_zone: Mars} | event.time_zone: \"Mars\" is not a time zone",
                "event: {time_format: [epoch]} | event.time_format[0]: \"epoch\" is not a format of times; write",
                "event: {topics: {other: {id: /id}}} | event.topics.other: is not one of the topics [events] of this data",
                "event: {topics: {events: {topics: {}}}} | event.topics.events.topics: is not a known key",
                "topcs: [a] | topcs: is not a known key; did you mean topics?",
                "kafka: 'a=b' | kafka: text stands where keys with values are needed",
                "kafka: [a] | kafka: a list stands where keys with values are needed",
                "kafka: {a.b: [1]} | kafka.a.b: a list stands where a single value is needed",
                "kafka: {a.b: } | kafka.a.b: nothing stands where a single value is needed; write \"\" for an empty one",
                "kafka: {a b: c} | kafka.a b: \"a b\" is not the name of a Kafka option",
                "kafka: {a.b: 1, kafka.a.b: 2} | kafka.kafka.a.b: is given twice, with and without the prefix kafka.",
                "kafka: {group.id: g} | kafka.group.id: is not yours to set: Tributary keeps the offsets itself",
                "kafka: {kafka.group.id: g} | kafka.kafka.group.id: is not yours to set: Tributary keeps the offsets",
                "kafka: {enable.auto.commit: true} | kafka.enable.auto.commit: is not yours to set: Tributary keeps",
                "kafka: {auto.offset.reset: none} | auto.offset.reset: is not yours to set: write it as start of",
                "kafka: {bootstrap.servers: 'a:1'} | is not yours to set: write it as bootstrap_servers of the data",
                "kafka: {key.deserializer: a} | key.deserializer: is not yours to set: Tributary reads records as bytes",
                "kafka: {value.deserializer: a} | value.deserializer: is not yours to set: Tributary reads records as",
                "kafka: {interceptor.classes: a} | interceptor.classes: is not yours to set: an interceptor could",
                "kafka: {client.id: '${NAME}'} | kafka.client.id: holds ${…} that is not a reference; write ${env:NAME}",
                "kafka: {client.id: '${file:a}'} | kafka.client.id: holds ${…} that is not a reference",
            })
    void aProblemNamesKeyValueRuleAndRemedy(String line, String problem) {
        assertThatThrownBy(() -> DataCenters.parse(withKeys(line), "data-centers.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The data-centers file data-centers.yaml has 1 problem:\n  data_centers[0].")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka1", "kafka1:", "kafka1:0", "kafka1:65536", "a:1,,b:2", "a:1,", "SSL://a:1", "a b:1"})
    void brokersAreHostsWithPorts(String servers) {
        String yaml = "data_centers: [{name: a, bootstrap_servers: '%s', topics: [e]}]".formatted(servers);

        assertThatThrownBy(() -> DataCenters.parse(yaml, "data-centers.yaml"))
                .hasMessageContaining("data_centers[0].bootstrap_servers: \"" + servers + "\" is not a list of brokers")
                .hasMessageContaining("write host:port, separated by commas");
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "_a", "a/b", "a b", "", "ä"})
    void namesArePathsAndLogKeys(String name) {
        String yaml = "data_centers: [{name: '%s', bootstrap_servers: 'a:1', topics: [e]}]".formatted(name);

        assertThatThrownBy(() -> DataCenters.parse(yaml, "data-centers.yaml"))
                .hasMessageContaining("data_centers[0].name: \"" + name + "\" is not a data center's name");
    }

    @Test
    void allProblemsAreReportedTogether() {
        String yaml = """
                data_centers:
                  - {name: fra1, bootstrap_servers: "a:1", topics: []}
                  - {name: FRA1, bootstrap_servers: a, topics: [e, e, .., 7]}
                  - {}
                """;

        assertThatThrownBy(() -> DataCenters.parse(yaml, "data-centers.yaml")).hasMessage("""
                        The data-centers file data-centers.yaml has 9 problems:
                          data_centers[0].topics: the list is empty; list at least one topic
                          data_centers[1].name: "FRA1" is the name of an earlier data center, capitals aside; choose another
                          data_centers[1].bootstrap_servers: "a" is not a list of brokers, because of "a"; write host:port, separated by commas, for example kafka1:9092,kafka2:9092
                          data_centers[1].topics[1]: "e" is listed twice; remove one of the two
                          data_centers[1].topics[2]: ".." is not a Kafka topic's name; write letters, digits, _, . and -, at most 249 characters
                          data_centers[1].topics[3]: 7 stands where text is needed; put it in quotes
                          data_centers[2].name: is missing; it has no default
                          data_centers[2].bootstrap_servers: is missing; it has no default
                          data_centers[2].topics: is missing; list at least one topic""");
    }

    private static String withKeys(String line) {
        return """
                data_centers:
                  - name: fra1
                    bootstrap_servers: kafka1:9092
                    topics: [events]
                    %s
                """.formatted(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z"})
    void aStartBeforeKafkasTimesIsTheEarliestOffset(String start) {
        assertThat(StartingOffsets.parse(start)).isEqualTo(new StartingOffsets.Earliest());
        assertThat(StartingOffsets.parse("1970-01-01T00:00:00Z")).isEqualTo(new StartingOffsets.At(Instant.EPOCH));
    }

    @Test
    void moreDataCentersThanOnePipelineReadsAreRefused() {
        assertThat(DataCenters.parse(listOf(200), "dc.yaml").all()).hasSize(200);
        assertThatThrownBy(() -> DataCenters.parse(listOf(201), "dc.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("data_centers: lists 201 data centers, and one pipeline reads at most 200; remove"
                        + " those that are no more, or give the others a pipeline of their own");
    }

    private static String listOf(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  - {name: dc" + i + ", bootstrap_servers: \"a:1\", topics: [e]}\n")
                .collect(Collectors.joining("", "data_centers:\n", ""));
    }
}
