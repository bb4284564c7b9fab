package io.tributary.lake.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayRequestsTest {

    @TempDir
    Path dir;

    private ReplayRequests requests;

    @BeforeEach
    void open() {
        requests = new ReplayRequests(dir.toUri().toString(), new HadoopFiles(new Configuration()));
    }

    @Test
    void aRequestIsWrittenOnceAndReadAsItWas() {
        ReplayRequest request = request("20260301-080000");

        assertThat(requests.all()).isEmpty();
        assertThat(requests.create(request)).isTrue();
        assertThat(requests.create(request("20260301-080000"))).isFalse();
        assertThat(requests.create(request("20260301-070000"))).isTrue();
        assertThat(requests.all()).extracting(ReplayRequest::id).containsExactly("20260301-070000", "20260301-080000");
        assertThat(requests.find("20260301-080000")).contains(request);
        assertThat(requests.find("20260301-090000")).isEmpty();
    }

    @Test
    void aRequestThatIsNotWholeYetIsReadOnceItIs() throws Exception {
        ReplayRequest request = request("20260301-080000");
        Path file = dir.resolve("20260301-080000.json");
        Files.writeString(file, request.json().substring(0, 40));
        assertThat(requests.all()).isEmpty();

        Files.writeString(file, request.json());
        assertThat(requests.all()).containsExactly(request);
    }

    @Test
    void aNameThatCouldLeadElsewhereIsRefused() {
        assertThatThrownBy(() -> request("../x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an id of a request: ../x");
    }

    @Test
    void namesOfWhatIsReadByRequestAreNoTopics() {
        String again = ReplayTopic.ofKafka("one", "my.topic");
        assertThat(ReplayTopic.kafkaTopic(again)).isEqualTo("my.topic");
        assertThat(ReplayTopic.request(again)).contains("one");
        assertThat(ReplayTopic.isAgain(again)).isTrue();
        assertThat(ReplayTopic.isOfFile(again)).isFalse();
        assertThat(ReplayTopic.isOfFile(ReplayTopic.ofQuarantine("one"))).isTrue();
        assertThat(ReplayTopic.isAgain(ReplayTopic.ofFiles("one"))).isFalse();
        assertThat(ReplayTopic.request(ReplayTopic.ofFiles("one"))).contains("one");
        assertThat(ReplayTopic.isByRequest("my.topic")).isFalse();
        assertThat(ReplayTopic.kafkaTopic("my.topic")).isEqualTo("my.topic");
    }

    private static ReplayRequest request(String id) {
        return new ReplayRequest(
                id,
                ReplayRequest.Kind.KAFKA,
                Instant.parse("2026-03-01T08:00:00Z"),
                "ada",
                Optional.of("a \"reason\""),
                41,
                "offsets",
                List.of(
                        ReplayInput.ofKafka(
                                new OffsetRange(
                                        new TopicPartitionId("fra", ReplayTopic.ofKafka("one", "events"), 3), 5, 9),
                                "cluster/topic"),
                        ReplayInput.ofFile(
                                new OffsetRange(new TopicPartitionId("fra", ReplayTopic.ofFiles("one"), 0), 0, 90),
                                Optional.of(7L),
                                "s3://bucket/file.jsonl",
                                90)),
                new TreeMap<>(Map.of("not_json", 7L)));
    }
}
