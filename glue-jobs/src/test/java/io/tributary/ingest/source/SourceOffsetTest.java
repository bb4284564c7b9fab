package io.tributary.ingest.source;

import static io.tributary.lab.fixtures.SourceFixtures.partition;
import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOffsetTest {

    private static final PartitionOffsets SOME = new PartitionOffsets(new TreeMap<>(Map.of(
            new TopicPartitionId("nyc", "a", 10),
            1L,
            new TopicPartitionId("nyc", "a", 2),
            2L,
            new TopicPartitionId("fra", "b", 0),
            3L)));

    @Test
    void equalOffsetsHaveEqualText() {
        String json = "{\"#planned_at\":1700000000123,\"fra\":{\"b\":{\"0\":3}},\"nyc\":{\"a\":{\"2\":2,\"10\":1}}}";

        assertThat(offset(1_700_000_000_123L, SOME).json()).isEqualTo(json);
        assertThat(offset(1_700_000_000_123L, SOME)).isEqualTo(SourceOffset.parse(json));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        SourceOffset read = SourceOffset.parse(offset(7, SOME).json());

        assertThat(read.plannedAt()).isEqualTo(7);
        assertThat(read.positions()).isEqualTo(SOME);
        assertThat(SourceOffset.parse("{\"#planned_at\":0}").positions()).isEqualTo(PartitionOffsets.EMPTY);
    }

    @Test
    void whatABatchDoesBeyondGoingOnIsReadBackToo() {
        SourceOffset offset = new SourceOffset(
                7,
                new ReadProgress(positions(9), ranges(range(0, 5, 6), range(0, 2, 4))),
                ranges(range(0, 1, 2)),
                ranges(range(1, 3, 8)),
                ranges(range(2, 0, 4)));
        String json = "{\"#planned_at\":7,\"#pending\":[[\"fra\",\"events\",0,2,4],[\"fra\",\"events\",0,5,6]],"
                + "\"#again\":[[\"fra\",\"events\",0,1,2]],\"#lost\":[[\"fra\",\"events\",1,3,8]],"
                + "\"#expired\":[[\"fra\",\"events\",2,0,4]],"
                + "\"fra\":{\"events\":{\"0\":9}}}";

        SourceOffset read = SourceOffset.parse(json);

        assertThat(offset.json()).isEqualTo(json);
        assertThat(read).isEqualTo(offset);
        assertThat(read.readProgress()).isEqualTo(offset.readProgress());
        assertThat(read.again()).containsExactly(range(0, 1, 2));
        assertThat(read.lost()).containsExactly(range(1, 3, 8));
        assertThat(read.expired()).containsExactly(range(2, 0, 4));
    }

    @Test
    void whatIsKnownOfTheLogsIsReadBack() {
        ReadProgress readProgress = new ReadProgress(
                positions(9, 5),
                ranges(),
                new TreeMap<>(Map.of(new TopicName("fra", "events"), new TopicIdentity("c", "t", 1))),
                new TreeMap<>(Map.of(partition("events", 0), 4)),
                new TreeSet<>(Set.of(partition("events", 1))),
                ranges(range(0, 7, 9)));

        SourceOffset offset = SourceOffset.startingAt(7, readProgress);

        assertThat(SourceOffset.parse(offset.json()).readProgress()).isEqualTo(readProgress);
        assertThat(SourceOffset.parse(offset.json())).isEqualTo(offset);
    }

    @Test
    void aTopicThatIsBegunAnewBeginsWithoutRecordsWhereverItsOldOffsetsWere() {
        SourceOffset before = SourceOffset.startingAt(1, identified(positions(9, 5), "c/t"));
        SourceOffset after = SourceOffset.startingAt(2, identified(positions(3, 20), "c/u/1"));

        assertThat(after.begunSince(before)).isEqualTo(positions(3, 20));
        assertThat(after.goneOnSince(before)).isEmpty();
    }

    @Test
    void whatIsNeitherNewNorGivenUpIsReadFromThePosition() {
        SourceOffset before = SourceOffset.startingAt(1, identified(positions(9, 5), "c/t"));
        SourceOffset after =
                new SourceOffset(2, identified(positions(12, 8, 4), "c/t"), ranges(), ranges(range(1, 5, 8)), ranges());

        assertThat(after.begunSince(before).offsets()).containsOnlyKeys(partition("events", 2));
        assertThat(after.goneOnSince(before)).containsExactly(range(0, 9, 12));
    }

    @Test
    void aLogThatWasFoundCutIsToldOnce() {
        ReadProgress whole = identified(positions(9), "c/t");
        ReadProgress cut = whole.after(BatchProgress.NONE.withTruncated(ranges(range(0, 4, 9))));

        assertThat(SourceOffset.startingAt(2, cut).truncatedSince(SourceOffset.startingAt(1, whole)))
                .containsExactly(range(0, 4, 9));
        assertThat(SourceOffset.startingAt(3, cut).truncatedSince(SourceOffset.startingAt(2, cut)))
                .isEmpty();
    }

    private static ReadProgress identified(PartitionOffsets positions, String identity) {
        return new ReadProgress(positions, ranges())
                .after(BatchProgress.NONE.withIdentities(
                        new TreeMap<>(Map.of(new TopicName("fra", "events"), TopicIdentity.parse(identity)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"#planned_at\":\"now\"}",
                "{\"#planned_at\":null}",
                "{\"#planned_at\":1.5}",
                "{\"#planned_at\":1,\"fra\":{\"events\":7}}",
                "{\"#planned_at\":1,\"fra\":{\"events\":{\"first\":7}}}",
                "{\"fra\":{\"events\":{\"0\":7}}}",
                "{\"#planned_at\":1,\"fra\"",
                "{\"#planned_at\":1,\"#again\":7}",
                "{\"#planned_at\":1,\"#again\":[7]}",
                "{\"#planned_at\":1,\"#pending\":[[\"fra\",\"events\",0,5]]}",
                "{\"#planned_at\":1,\"#pending\":[[\"fra\",\"events\",\"0\",5,6]]}",
                "{\"#planned_at\":1,\"#lost\":[[\"fra\",\"events\",0,6,6]]}",
            })
    void junkIsRefused(String json) {
        assertThatThrownBy(() -> SourceOffset.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an offset of this source: " + json);
    }

    private static SourceOffset offset(long plannedAt, PartitionOffsets positions) {
        return SourceOffset.startingAt(plannedAt, new ReadProgress(positions, ranges()));
    }

    private static SortedSet<OffsetRange> ranges(OffsetRange... ranges) {
        return new TreeSet<>(Arrays.asList(ranges));
    }
}
