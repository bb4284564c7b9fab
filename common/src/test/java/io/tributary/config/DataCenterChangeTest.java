package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DataCenterChangeTest {

    private static final String ENTRY = "name: a, bootstrap_servers: 'a:1', topics: [e]";

    /** What is added to the entry, by what the change is called. */
    private static final Map<String, String> ADDED = new TreeMap<>(Map.of(
            "has another start, which counts only if nothing of it was read yet",
            "start: latest",
            "is paused: it keeps its offsets and is not read",
            "state: paused",
            "is paused: it keeps its offsets and is not read until 2026-01-31T08:00:00Z",
            "state: paused, paused_until: '2026-01-31T08:00:00Z'",
            "has another accept_gaps",
            "accept_gaps: [e-0 offsets 1 to 2]",
            "has another accept_reset",
            "accept_reset: [e as 5L6g3nShT-eMCtK--X86sw/eKQ2LRtESzmZ1f6m8eWkVA/1]",
            "has another accept_rejects",
            "accept_rejects: [e-0 from offset 7]",
            "has another kafka.check.crcs, kafka.client.id",
            "kafka: {client.id: hunter2, check.crcs: false}",
            "has another registry.password, registry.type, registry.url, registry.username",
            "registry: {type: confluent, url: 'http://r:1', username: u, password: '${env:HUNTER2}'}",
            "has another event, which counts for what is read from now on",
            "event: {id: /n, topics: {e: {time: /at}}}"));

    @Test
    void everyKeyOfADataCenterThatChangesIsNamedAndNoValueOfAnOption() {
        ADDED.forEach((words, added) -> assertThat(DataCenterChange.between(parse(ENTRY), parse(ENTRY + ", " + added)))
                .as(added)
                .containsExactly(new DataCenterChange("a", words, false)));
        assertThat(ADDED.size() + 3)
                .as("name, brokers and topics beside these: a new key of a data center is to be told too")
                .isEqualTo(DataCenter.class.getRecordComponents().length);
    }

    @Test
    void brokersAndTopicsAreToldToo() {
        assertThat(DataCenterChange.between(
                        parse(ENTRY), parse("name: a, bootstrap_servers: 'a:2', topics: [e, f], state: paused")))
                .containsExactly(new DataCenterChange(
                        "a",
                        "is paused: it keeps its offsets and is not read; has topics [e, f] in place of [e]; has another"
                                + " bootstrap_servers",
                        false));
    }

    @Test
    void aTopicThatIsNoLongerListedIsToBeConfirmedAsADataCenterIs() {
        DataCenters two = parse("name: a, bootstrap_servers: 'a:1', topics: [e, f]");

        assertThat(DataCenterChange.between(two, parse("name: a, bootstrap_servers: 'a:1', topics: [f]")))
                .containsExactly(new DataCenterChange(
                        "a",
                        "has topics [f] in place of [e, f]: what is no longer listed is not read any more and keeps its"
                                + " offsets; put it back, unless it was taken out on purpose",
                        true));
        assertThat(DataCenterChange.between(two, parse("name: a, bootstrap_servers: 'a:1', topics: [f, g, e]")))
                .containsExactly(new DataCenterChange("a", "has topics [f, g, e] in place of [e, f]", false));
    }

    @Test
    void anotherEndOfAPauseIsTold() {
        assertThat(DataCenterChange.between(
                        parse(ENTRY + ", state: paused"),
                        parse(ENTRY + ", state: paused, paused_until: '2026-01-31T08:00:00Z'")))
                .containsExactly(new DataCenterChange("a", "has another paused_until", false));
        assertThat(DataCenterChange.between(
                        new DataCenters(List.of()),
                        parse(ENTRY + ", state: paused, paused_until: '2026-01-31T08:00:00Z'")))
                .containsExactly(new DataCenterChange(
                        "a", "is new, paused, so nothing of it is read until 2026-01-31T08:00:00Z", false));
    }

    @Test
    void onlyAnActiveOneThatIsGoneIsToBeConfirmed() {
        DataCenters none = new DataCenters(List.of());

        assertThat(DataCenterChange.between(parse(ENTRY), none))
                .singleElement()
                .satisfies(change -> assertThat(change.isToBeConfirmed()).isTrue());
        assertThat(DataCenterChange.between(parse(ENTRY + ", state: paused"), none))
                .containsExactly(new DataCenterChange(
                        "a", "is no longer in the file, where it was paused; it keeps its offsets", false));
        assertThat(DataCenterChange.between(parse(ENTRY), parse(ENTRY))).isEmpty();
    }

    private static DataCenters parse(String entry) {
        return DataCenters.parse("data_centers: [{" + entry + "}]", "dc.yaml");
    }
}
