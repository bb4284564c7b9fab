package io.tributary.ingest.discovery;

import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tributary.config.DataCenter;
import io.tributary.lab.fixtures.MutableClock;
import io.tributary.lab.fixtures.SourceFixtures;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffsetFetcherTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    private static final DataCenter FRA = SourceFixtures.dataCenter("fra", "fra:9092");
    private static final DataCenter NYC = SourceFixtures.dataCenter("nyc", "nyc:9092");
    private static final OffsetBounds REACH = new OffsetBounds(positions(0), positions(9), positions(0));

    private final Map<String, Callable<OffsetBounds>> answers =
            new HashMap<>(Map.of("fra", () -> REACH, "nyc", () -> REACH));
    private final List<FakeCluster> connected = new ArrayList<>();
    private final OffsetFetcher offsetFetcher = new OffsetFetcher(this::connect, new MutableClock());

    @AfterEach
    void close() {
        offsetFetcher.close();
    }

    @Test
    void everyAnswerIsHeardByItsDataCenter() throws Exception {
        OffsetBounds other = new OffsetBounds(positions(1), positions(2), positions(1));
        answers.put("nyc", () -> other);

        assertThat(offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG))
                .containsExactlyInAnyOrderEntriesOf(Map.of("fra", REACH, "nyc", other));
        assertThat(offsetFetcher.ask(List.of(), ReadProgress.EMPTY, LONG)).isEmpty();
    }

    @Test
    void allAreAskedAtTheSameTime() throws Exception {
        CountDownLatch bothAsked = new CountDownLatch(2);
        Callable<OffsetBounds> answersOnceBothAreAsked = () -> {
            bothAsked.countDown();
            bothAsked.await();
            return REACH;
        };
        answers.put("fra", answersOnceBothAreAsked);
        answers.put("nyc", answersOnceBothAreAsked);

        assertThat(offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG))
                .containsOnlyKeys("fra", "nyc");
    }

    @Test
    void whoFailsContributesNothingAndTheOthersDo() throws Exception {
        answers.put("fra", () -> {
            throw new IllegalStateException("no such secret");
        });

        assertThat(offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG))
                .containsOnlyKeys("nyc");
    }

    @Test
    void whoIsSilentIsWaitedForOnceAndOnlyUntilTheDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        answers.put("fra", () -> {
            never.await();
            return REACH;
        });
        offsetFetcher.ask(List.of(FRA), ReadProgress.EMPTY, SHORT);

        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThat(offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG))
                        .containsOnlyKeys("nyc"));
    }

    @Test
    void aConnectionIsKeptFromTriggerToTrigger() throws Exception {
        offsetFetcher.ask(List.of(FRA), ReadProgress.EMPTY, LONG);
        offsetFetcher.ask(List.of(FRA), ReadProgress.EMPTY, LONG);

        assertThat(connected).hasSize(1).noneMatch(cluster -> cluster.closed);
    }

    @Test
    void aDataCenterWhoseOptionsChangedIsConnectedAnew() throws Exception {
        DataCenter moved = SourceFixtures.dataCenter("fra", "elsewhere:9092");
        offsetFetcher.ask(List.of(FRA), ReadProgress.EMPTY, LONG);

        assertThat(offsetFetcher.ask(List.of(moved), ReadProgress.EMPTY, LONG)).containsOnlyKeys("fra");
        assertThat(connected).extracting(cluster -> cluster.center).containsExactly(FRA, moved);
        assertThat(connected).extracting(cluster -> cluster.closed).containsExactly(true, false);
    }

    @Test
    void aDataCenterThatLeavesIsClosedAndConnectedAnewOnItsReturn() throws Exception {
        offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG);

        assertThat(offsetFetcher.ask(List.of(NYC), ReadProgress.EMPTY, LONG)).containsOnlyKeys("nyc");
        assertThat(connected).extracting(cluster -> cluster.closed).containsExactly(true, false);

        assertThat(offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG))
                .containsOnlyKeys("fra", "nyc");
        assertThat(connected).extracting(cluster -> cluster.center).containsExactly(FRA, NYC, FRA);
    }

    @Test
    void closingClosesEveryConnection() throws Exception {
        offsetFetcher.ask(List.of(FRA, NYC), ReadProgress.EMPTY, LONG);
        offsetFetcher.close();

        assertThat(connected).hasSize(2).allMatch(cluster -> cluster.closed);
    }

    private OffsetFetcher.Cluster connect(DataCenter center) {
        FakeCluster cluster = new FakeCluster(center, answers.get(center.name()));
        connected.add(cluster);
        return cluster;
    }

    private static final class FakeCluster implements OffsetFetcher.Cluster {

        private final DataCenter center;
        private final Callable<OffsetBounds> answer;
        private boolean closed;

        FakeCluster(DataCenter center, Callable<OffsetBounds> answer) {
            this.center = center;
            this.answer = answer;
        }

        @Override
        public OffsetBounds reach(ReadProgress known) throws Exception {
            return answer.call();
        }

        @Override
        public SortedMap<String, TopicIdentity> identities() {
            return Collections.emptySortedMap();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
