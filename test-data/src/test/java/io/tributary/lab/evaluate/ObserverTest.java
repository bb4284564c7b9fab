package io.tributary.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.Identity;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObserverTest {

    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final Observer observer = new Observer(2, TOLERANCE, 1_000, VisibleSince.UNKNOWN);

    @Test
    void freshnessIsMeasuredWhenAnEventIsFirstShown() {
        poll(2_000, row("a", 1_500, true, 0));
        poll(5_000, row("a", 1_500, true, 0), row("b", 1_000, false, 1));
        assertThat(observer.freshness()).isEqualTo(new Freshness(2, 500, 4_000, 4_000, 4_000));
        assertThat(observer.freshnessOnTime()).isEqualTo(new Freshness(1, 500, 500, 500, 500));
        assertThat(observer.freshness(1)).isEqualTo(new Freshness(1, 4_000, 4_000, 4_000, 4_000));
        assertThat(observer.polls()).isEqualTo(2);
        assertThat(observer.shown()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"4200, 4200", "6000, 5000", "1000, 1900", "1950, 1950"})
    void whatIsKnownOfAnAppearanceCountsWithinWhatTheAnswersShow(long told, long counts) {
        Observer informed = new Observer(2, TOLERANCE, 1_000, told(told));
        informed.poll(1_900, 2_000, Observer.EVERYTHING).close();
        try (Observer.Poll poll = informed.poll(4_800, 5_000, Observer.EVERYTHING)) {
            row("a", 1_500, true, 0).addTo(poll);
        }
        assertThat(informed.freshness().max()).isEqualTo(counts - 1_500);
    }

    @ParameterizedTest
    @CsvSource({"9, 3000, 4000", "10, 3000, 3000", "10, 1000, 2000"})
    void anAnswerBoundsOnlyAppearancesThatItCouldShow(long arrivedAfter, long told, long counts) {
        Observer informed = new Observer(2, TOLERANCE, 1_000, told(told));
        informed.poll(2_000, 2_000, Observer.EVERYTHING).close();
        informed.poll(4_000, 4_000, arrivedAfter).close();
        try (Observer.Poll poll = informed.poll(60_000, 60_000, Observer.EVERYTHING)) {
            arrived("a", 10).addTo(poll);
        }
        assertThat(informed.freshness().max()).isEqualTo(counts - 1_000);
    }

    @Test
    void aStretchOfTimeIsMeasuredForItself() {
        TimeWindow first = observer.measure(1_000, 1_500);
        TimeWindow second = observer.measure(1_500, 2_000);
        poll(2_000, row("a", 1_499, true, 0), row("b", 1_500, true, 0), row("late", 1_200, false, 0));
        poll(3_000, row("a", 1_499, true, 0), row("b", 1_500, true, 0), row("c", 1_600, true, 1));
        assertThat(first.freshness(0)).isEqualTo(new Freshness(1, 501, 501, 501, 501));
        assertThat(first.freshness(1)).isEqualTo(Freshness.NONE);
        assertThat(second.freshness(0)).isEqualTo(new Freshness(1, 500, 500, 500, 500));
        assertThat(second.freshness(1)).isEqualTo(new Freshness(1, 1_400, 1_400, 1_400, 1_400));
    }

    @Test
    void whatKafkaHadBeforeIsWatchedAndNotMeasured() {
        poll(2_000, row("old", 999, true, -1));
        poll(3_000);
        assertThat(observer.freshness()).isEqualTo(Freshness.NONE);
        assertThat(observer.goneAgain().count()).isEqualTo(1);
    }

    @Test
    void anEventIsFoundTwiceOnlyWithinOneAnswer() {
        poll(2_000, row("a", 1_000, true, 0), row("b", 1_000, true, 0));
        poll(3_000, row("a", 1_000, true, 0), row("b", 1_000, true, 0));
        assertThat(observer.shownTwice().count()).isZero();
        poll(4_000, row("a", 1_000, true, 0), row("b", 1_000, true, 0), row("b", 1_000, false, 0));
        assertThat(observer.shownTwice()).isEqualTo(new Examples<>(1, List.of(fingerprint("b"))));
        assertThat(observer.goneAgain().count()).isZero();
    }

    @Test
    void rowsOfOneIdentityThatLieFarApartInTimeAreTwoEvents() {
        poll(2_000, happened("a", 0), happened("a", 1_000_001));
        poll(3_000, happened("a", 0), happened("a", 1_000_001));
        assertThat(observer.shown()).isEqualTo(2);
        assertThat(observer.shownTwice().count()).isZero();
        poll(4_000, happened("a", 0), happened("a", 1_000_000), happened("a", 1_000_001));
        assertThat(observer.shownTwice().count()).isEqualTo(1);
    }

    @Test
    void anEventThatVanishesIsFoundAlsoIfItComesBack() {
        poll(2_000, row("a", 1_000, true, 0));
        poll(3_000);
        poll(4_000, row("a", 1_000, true, 0));
        assertThat(observer.goneAgain()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
        assertThat(observer.freshness().events()).isEqualTo(1);
    }

    @Test
    void anErasedEventHasToGoAndMustNotComeBack() {
        Set<Fingerprint> erased = Set.of(fingerprint("erased"));
        poll(2_000, row("erased", 1_000, true, 0), row("lost", 1_000, true, 0));
        poll(3_000);
        assertThat(observer.goneAgain(erased)).isEqualTo(new Examples<>(1, List.of(fingerprint("lost"))));
        assertThat(observer.backAgain(erased).count()).isZero();
        poll(4_000, row("erased", 1_000, true, 0), row("lost", 1_000, true, 0));
        assertThat(observer.backAgain(erased)).isEqualTo(new Examples<>(1, List.of(fingerprint("erased"))));
        poll(5_000);
        assertThat(observer.backAgain(erased).count()).isEqualTo(1);
    }

    @Test
    void aStretchEndsWhenItIsSaid() {
        TimeWindow stretch = observer.measure(1_000, Long.MAX_VALUE);
        stretch.end(1_500);
        poll(2_000, row("a", 1_499, true, 0), row("b", 1_500, true, 0));
        assertThat(stretch.freshness(0).events()).isEqualTo(1);
    }

    @Test
    void anAnswerOfAPartSaysNothingOfWhatArrivedBeforeIt() {
        poll(2_000, arrived("a", 10), arrived("b", 20));
        try (Observer.Poll poll = observer.poll(3_000, 3_000, 10)) {
            arrived("b", 20).addTo(poll);
        }
        assertThat(observer.goneAgain().count()).isZero();
        try (Observer.Poll poll = observer.poll(4_000, 4_000, 10)) {
            arrived("c", 30).addTo(poll);
        }
        assertThat(observer.goneAgain()).isEqualTo(new Examples<>(1, List.of(fingerprint("b"))));
    }

    @Test
    void anEventThatComesWithAnotherArrivalIsShownTwice() {
        poll(2_000, arrived("a", 10));
        try (Observer.Poll poll = observer.poll(3_000, 3_000, 10)) {
            arrived("a", 20).addTo(poll);
        }
        assertThat(observer.shownTwice()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsWhatSetsWouldFind(long seed) {
        Random random = new Random(seed);
        Set<Long> before = new HashSet<>();
        Set<Long> gone = new HashSet<>();
        Set<Long> twice = new HashSet<>();
        for (int answer = 0; answer < 30; answer++) {
            Set<Long> now = new HashSet<>();
            try (Observer.Poll poll = observer.poll(5_000, 5_000, Observer.EVERYTHING)) {
                for (int row = 0; row < 2_000; row++) {
                    long event = random.nextInt(100 * (answer + 1) * (answer + 1));
                    poll.row(event, ~event, 0, 7, 1_000, true, 0);
                    if (!now.add(event)) {
                        twice.add(event);
                    }
                }
            }
            before.stream().filter(event -> !now.contains(event)).forEach(gone::add);
            before.addAll(now);
        }
        assertThat(observer.shown()).isEqualTo(before.size());
        assertThat(observer.shownTwice().count()).isEqualTo(twice.size());
        assertThat(observer.goneAgain().count()).isEqualTo(gone.size());
        assertThat(observer.goneAgain().examples())
                .hasSizeLessThanOrEqualTo(10)
                .allMatch(event -> gone.contains(event.high()));
    }

    /** Says of all events that they became visible then. */
    private static VisibleSince told(long millis) {
        return new VisibleSince() {
            @Override
            public void look() {}

            @Override
            public OptionalLong of(long arrivedMillis, boolean isOnTime) {
                return OptionalLong.of(millis);
            }
        };
    }

    private interface Row {
        void addTo(Observer.Poll poll);
    }

    private void poll(long returnedAt, Row... rows) {
        try (Observer.Poll poll = observer.poll(returnedAt, returnedAt, Observer.EVERYTHING)) {
            for (Row row : rows) {
                row.addTo(poll);
            }
        }
    }

    private static Row row(String id, long kafkaMillis, boolean isOnTime, int dataCenter) {
        Fingerprint of = fingerprint(id);
        return poll -> poll.row(of.high(), of.low(), 0, 7, kafkaMillis, isOnTime, dataCenter);
    }

    private static Row happened(String event, long micros) {
        Fingerprint of = fingerprint(event);
        return poll -> poll.row(of.high(), of.low(), micros, 7, 1_000, true, 0);
    }

    private static Row arrived(String id, long arrivedMillis) {
        Fingerprint of = fingerprint(id);
        return poll -> poll.row(of.high(), of.low(), 0, arrivedMillis, 1_000, true, 0);
    }

    private static Fingerprint fingerprint(String id) {
        return Identity.global(id).fingerprint();
    }
}
