package io.tributary.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private final GroundTruth truth = new GroundTruth(Duration.ofSeconds(1));
    private final Comparison comparison = new Comparison(truth);
    private long offset;

    @Test
    void whatIsThereOnceAsItWasSentIsNoDifference() {
        sent("a", 1, 10);
        sent("b", 2, 20);
        sent("a", 1, 10);
        Coordinates broken = malformed();
        visible("b", 2, 20);
        visible("a", 1, 10);
        comparison.quarantined(broken);
        assertThat(differences()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(comparison.rows()).isEqualTo(2);
        assertThat(comparison.quarantinedRows()).isEqualTo(1);
        assertThat(truth.sent()).containsEntry("dc1", new SentCounts(2, 1, 1));
    }

    @Test
    void oneIdAtTimesBeyondTheToleranceIsTwoEvents() {
        sent("a", 0, 7);
        sent("a", 1_000_000, 7);
        sent("a", 7_000_000, 8);

        assertThat(truth.sent()).containsEntry("dc1", new SentCounts(2, 1, 0));
    }

    @Test
    void anyFormInWhichAnEventWasSentMayShow() {
        sent("a", 1, 10);
        sent("a", 2, 20);
        sent("a", 1, 10);
        visible("a", 2, 20);
        assertThat(comparison.mismatched().count()).isZero();
    }

    @Test
    void timeAndPayloadBelongTogether() {
        sent("a", 1, 10);
        sent("a", 2, 20);
        visible("a", 1, 20);
        assertThat(comparison.mismatched()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
    }

    @Test
    void eachKindOfDifferenceIsNamed() {
        sent("a", 1, 10);
        sent("b", 2, 20);
        Coordinates quarantinedTwice = malformed();
        malformed();
        visible("b", 2, 20);
        visible("b", 2, 20);
        visible("c", 3, 30);
        Coordinates healthy = new Coordinates("dc1", "events", "topic", 0, 0);
        comparison.quarantined(quarantinedTwice);
        comparison.quarantined(quarantinedTwice);
        comparison.quarantined(healthy);
        assertThat(comparison.missing()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
        assertThat(comparison.visibleTwice()).isEqualTo(new Examples<>(1, List.of(fingerprint("b"))));
        assertThat(comparison.unexpected()).isEqualTo(new Examples<>(1, List.of(fingerprint("c"))));
        assertThat(comparison.notQuarantined().count()).isEqualTo(1);
        assertThat(comparison.wronglyQuarantined()).isEqualTo(new Examples<>(2, List.of(quarantinedTwice, healthy)));
    }

    @Test
    void recordsOfARecreatedTopicAreOthersThoughTheirOffsetsAreThoseOfTheOldOne() {
        Coordinates old = new Coordinates("dc1", "events", "old", 1, 4);
        Coordinates recreated = new Coordinates("dc1", "events", "new", 1, 4);
        truth.add(SentRecord.malformed(old));
        truth.add(SentRecord.malformed(recreated));
        comparison.quarantined(old);
        assertThat(comparison.notQuarantined().count()).isEqualTo(1);
        comparison.quarantined(recreated);
        assertThat(differences()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void aRecordThatWasRefusedAndReplayedIsInQuarantineAndShowsOnce() {
        Coordinates at = next();
        truth.addReplayed(SentRecord.refused(at, new SentEvent(Identity.global("a"), 1, 10)));
        comparison.quarantined(at);
        assertThat(comparison.missing()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
        visible("a", 1, 10);
        assertThat(differences()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        visible("a", 1, 10);
        assertThat(comparison.visibleTwice()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
        assertThat(truth.sent()).containsEntry("dc1", new SentCounts(1, 0, 1));
    }

    @Test
    void anErasedEventIsMissedByNobodyAndMustNotShow() {
        sent("erased", 1, 10);
        sent("other", 2, 20);
        truth.erase(fingerprint("erased"));
        sent("erased", 1, 10);
        assertThat(comparison.missing()).isEqualTo(new Examples<>(1, List.of(fingerprint("other"))));
        visible("other", 2, 20);
        assertThat(differences()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(comparison.erasedShown().count()).isZero();
        visible("erased", 1, 10);
        assertThat(comparison.erasedShown()).isEqualTo(new Examples<>(1, List.of(fingerprint("erased"))));
        assertThat(comparison.missing().count()).isZero();
        assertThat(truth.erased()).isEqualTo(1);
    }

    @Test
    void aRecordThatWasRefusedAndNotReplayedDoesNotShow() {
        Coordinates at = next();
        truth.add(SentRecord.refused(at, new SentEvent(Identity.global("a"), 1, 10)));
        comparison.quarantined(at);
        assertThat(differences()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        visible("a", 1, 10);
        assertThat(comparison.unexpected()).isEqualTo(new Examples<>(1, List.of(fingerprint("a"))));
    }

    @Test
    void aRejectedRecordThatWasErasedIsMissedByNobodyAndMustNotBeThere() {
        Coordinates erased = malformed();
        Coordinates other = malformed();
        truth.eraseRejected(erased);
        assertThat(comparison.notQuarantined().examples()).containsExactly(other.fingerprint());
        comparison.quarantined(other);
        assertThat(differences()).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        comparison.quarantined(erased);
        assertThat(comparison.wronglyQuarantined()).isEqualTo(new Examples<>(1, List.of(erased)));
    }

    @Test
    void onlyWhatWasSentCanBeErased() {
        assertThatThrownBy(() -> truth.erase(fingerprint("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("An event was erased that was never sent");
        Coordinates healthy = new Coordinates("dc1", "events", "topic", 0, 0);
        assertThatThrownBy(() -> truth.eraseRejected(healthy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("A rejected record was erased that was never sent: dc1/events-0@0");
    }

    @Test
    void tenExamplesAreEnough() {
        for (int i = 0; i < 25; i++) {
            sent("sent " + i, i, i);
            visible("unknown " + i, i, i);
        }
        assertThat(comparison.missing().count()).isEqualTo(25);
        assertThat(comparison.missing().examples()).hasSize(10);
        assertThat(comparison.unexpected().count()).isEqualTo(25);
        assertThat(comparison.unexpected().examples()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverWasTamperedWithIsFoundInItsNumber(long seed) {
        Random random = new Random(seed);
        List<long[]> rows = new ArrayList<>();
        for (int event = 0; event < 5_000; event++) {
            for (int copy = random.nextInt(3); copy >= 0; copy--) {
                sent("e" + event, event, -event);
            }
            rows.add(new long[] {event, event, -event});
        }
        Collections.shuffle(rows, random);
        int missing = random.nextInt(50);
        int doubled = random.nextInt(50);
        int altered = random.nextInt(50);
        int invented = random.nextInt(50);
        List<long[]> shown = new ArrayList<>(rows.subList(missing, rows.size()));
        for (int i = 0; i < altered; i++) {
            shown.set(i, new long[] {shown.get(i)[0], shown.get(i)[1], 1});
        }
        shown.addAll(shown.subList(200, 200 + doubled));
        for (int i = 0; i < invented; i++) {
            shown.add(new long[] {-1 - i, 0, 0});
        }
        Collections.shuffle(shown, random);
        shown.forEach(row -> visible("e" + row[0], row[1], row[2]));
        assertThat(differences())
                .containsExactly((long) missing, (long) doubled, (long) invented, (long) altered, 0L, 0L);
    }

    private List<Long> differences() {
        return List.of(
                comparison.missing().count(),
                comparison.visibleTwice().count(),
                comparison.unexpected().count(),
                comparison.mismatched().count(),
                comparison.notQuarantined().count(),
                comparison.wronglyQuarantined().count());
    }

    private void sent(String id, long time, long payload) {
        truth.add(SentRecord.event(Kind.EVENT, next(), new SentEvent(Identity.global(id), time, payload)));
    }

    private Coordinates malformed() {
        Coordinates at = next();
        truth.add(SentRecord.malformed(at));
        return at;
    }

    private Coordinates next() {
        offset++;
        return new Coordinates("dc1", "events", "topic", 1, offset);
    }

    private void visible(String id, long time, long payload) {
        Fingerprint of = fingerprint(id);
        comparison.visible(of.high(), of.low(), time, payload);
    }

    private static Fingerprint fingerprint(String id) {
        return Identity.global(id).fingerprint();
    }
}
