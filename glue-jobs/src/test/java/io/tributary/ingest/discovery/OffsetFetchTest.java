package io.tributary.ingest.discovery;

import static io.tributary.lab.fixtures.SourceFixtures.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tributary.lab.fixtures.MutableClock;
import io.tributary.lab.fixtures.SourceFixtures;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class OffsetFetchTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration MISSING_EVENT_TIME = Duration.ZERO;

    private final MutableClock clock = new MutableClock();
    private final Queue<Runnable> underWay = new ArrayDeque<>();
    private final FakeCluster cluster = new FakeCluster();
    private final OffsetFetch offsetFetch =
            new OffsetFetch(SourceFixtures.dataCenter("fra", "fra:9092"), cluster, underWay::add, clock);

    @Test
    void anAnswerIsHeard() throws Exception {
        offsetFetch.begin(ReadProgress.EMPTY);
        answer(1);

        assertThat(offsetFetch.await(LONG)).contains(reach(1));
    }

    @Test
    void atMostOneQuestionIsUnderWay() throws Exception {
        offsetFetch.begin(ReadProgress.EMPTY);
        offsetFetch.begin(ReadProgress.EMPTY);
        offsetFetch.await(MISSING_EVENT_TIME);
        offsetFetch.begin(ReadProgress.EMPTY);

        assertThat(underWay).hasSize(1);
    }

    @Test
    void whoDoesNotAnswerInTimeIsNotWaitedForAgain() throws Exception {
        offsetFetch.begin(ReadProgress.EMPTY);
        assertThat(offsetFetch.await(MISSING_EVENT_TIME)).isEmpty();

        offsetFetch.begin(ReadProgress.EMPTY);
        Optional<OffsetBounds> answer =
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> offsetFetch.await(LONG));

        assertThat(answer).isEmpty();
    }

    @Test
    void aLateAnswerServesTheNextTriggerAndClosesTheBreaker() throws Exception {
        offsetFetch.begin(ReadProgress.EMPTY);
        offsetFetch.await(MISSING_EVENT_TIME);
        answer(1);

        offsetFetch.begin(ReadProgress.EMPTY);
        assertThat(offsetFetch.await(MISSING_EVENT_TIME)).contains(reach(1));
        assertThat(cluster.asked).isEqualTo(1);

        offsetFetch.begin(ReadProgress.EMPTY);
        assertThat(underWay).hasSize(1);
    }

    @Test
    void aFailureIsNoAnswer() throws Exception {
        offsetFetch.begin(ReadProgress.EMPTY);
        fail();

        assertThat(offsetFetch.await(LONG)).isEmpty();
    }

    @Test
    void afterEachFailureThePauseDoublesUpToHalfAMinute() throws Exception {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            offsetFetch.begin(ReadProgress.EMPTY);
            fail();
            offsetFetch.await(LONG);
            pauses.add(secondsUntilAskedAgain());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void theSilenceOfAQuestionUnderWayCountsOnce() throws Exception {
        offsetFetch.begin(ReadProgress.EMPTY);
        for (int trigger = 0; trigger < 5; trigger++) {
            offsetFetch.await(MISSING_EVENT_TIME);
        }
        fail();
        offsetFetch.await(MISSING_EVENT_TIME);

        assertThat(secondsUntilAskedAgain()).isEqualTo(1);
    }

    @Test
    void whoRecoversIsAskedAtEveryTriggerAndItsPausesBeginAnew() throws Exception {
        for (int i = 0; i < 3; i++) {
            offsetFetch.begin(ReadProgress.EMPTY);
            fail();
            offsetFetch.await(LONG);
            clock.forward(LONG);
        }
        offsetFetch.begin(ReadProgress.EMPTY);
        answer(1);
        assertThat(offsetFetch.await(LONG)).contains(reach(1));

        offsetFetch.begin(ReadProgress.EMPTY);
        answer(2);
        assertThat(offsetFetch.await(LONG)).contains(reach(2));

        offsetFetch.begin(ReadProgress.EMPTY);
        fail();
        offsetFetch.await(LONG);
        assertThat(secondsUntilAskedAgain()).isEqualTo(1);
    }

    @Test
    void withoutAQuestionThereIsNoAnswer() throws Exception {
        assertThat(offsetFetch.await(LONG)).isEmpty();
    }

    private void answer(long latest) {
        cluster.answer = reach(latest);
        underWay.remove().run();
    }

    private void fail() {
        cluster.answer = null;
        underWay.remove().run();
    }

    private long secondsUntilAskedAgain() {
        for (long seconds = 0; seconds < 100; seconds++) {
            offsetFetch.begin(ReadProgress.EMPTY);
            if (!underWay.isEmpty()) {
                return seconds;
            }
            clock.forward(Duration.ofSeconds(1));
        }
        throw new AssertionError("not asked again within 100 seconds");
    }

    private static OffsetBounds reach(long latest) {
        return new OffsetBounds(positions(0), positions(latest), positions(0));
    }

    /** Answers, or fails if it has no answer. */
    private static final class FakeCluster implements OffsetFetcher.Cluster {

        private OffsetBounds answer;
        private int asked;

        @Override
        public OffsetBounds reach(ReadProgress known) throws IOException {
            asked++;
            if (answer == null) {
                throw new IOException("connection refused");
            }
            return answer;
        }

        @Override
        public SortedMap<String, TopicIdentity> identities() {
            return Collections.emptySortedMap();
        }

        @Override
        public void close() {}
    }
}
