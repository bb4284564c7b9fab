package io.tributary.ingest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTableTest {

    private static final int MAX_BYTES_AN_IDENTITY = 64;

    /** What is done to a table: an identity added or removed, or a generation dropped. */
    record Step(int kind, long first, long second, long expiry) {}

    @Property
    void itHoldsWhatAMapWouldHold(@ForAll("steps") List<Step> steps) {
        FingerprintTable table = new FingerprintTable();
        Map<List<Long>, Long> model = new HashMap<>();
        for (Step step : steps) {
            List<Long> identity = List.of(step.first(), step.second());
            if (step.kind() < 7) {
                assertThat(table.add(step.first(), step.second(), step.expiry()))
                        .isEqualTo(model.putIfAbsent(identity, step.expiry()) == null);
            } else if (step.kind() < 9) {
                assertThat(table.remove(step.first(), step.second())).isEqualTo(model.remove(identity) != null);
            } else {
                assertThat(table.drop(step.expiry())).isEqualTo(model.values().removeIf(at -> at == step.expiry()));
            }
        }
        assertThat(contents(table)).isEqualTo(model);
        assertThat(table.size()).isEqualTo(model.size());
        for (Step step : steps) {
            Long expected = model.get(List.of(step.first(), step.second()));
            assertThat(table.expiry(step.first(), step.second()))
                    .isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
        }
    }

    /** Few first words, many of which share their low half, so that searches meet others and wrap around. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> first = Arbitraries.of(1L, 63L, 64L, 1L << 32, (1L << 32) + 63, (7L << 32) + 1, -1L, 62L);
        Arbitrary<Long> second = Arbitraries.longs().between(0, 40);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        first,
                        second,
                        Arbitraries.longs().between(1, 4))
                .as(Step::new)
                .list()
                .ofMaxSize(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 3_073, 100_000, 393_217, 1_000_000})
    void anIdentityTakesAtMostSixtyFourBytes(int identities) {
        FingerprintTable table = new FingerprintTable();
        fill(table, identities, 100);

        assertThat(table.size()).isEqualTo(identities);
        assertThat(table.bytes() / (double) identities).isLessThan(MAX_BYTES_AN_IDENTITY);
    }

    @Test
    void whatHasExpiredGivesItsMemoryBack() {
        FingerprintTable table = new FingerprintTable();
        fill(table, 400_000, 1_000);
        for (long expiry = 0; expiry < 950; expiry++) {
            table.drop(expiry);
            assertThat(table.bytes() / (double) table.size()).isLessThan(MAX_BYTES_AN_IDENTITY);
        }
        assertThat(table.size()).isEqualTo(20_000);
    }

    @Test
    void aSnapshotDoesNotSeeWhatHappensLater() {
        FingerprintTable table = new FingerprintTable();
        table.add(1, 1, 10);
        table.add(2, 2, 10);

        StateChanges before = StateChanges.everything(table);
        table.remove(1, 1);
        table.add(3, 3, 10);

        assertThat(before.addedCount()).isEqualTo(2);
        Generation.Part part = before.added().get(0).parts().get(0);
        assertThat(part.used()).isEqualTo(2);
        assertThat(part.words()).startsWith(1, 1, 2, 2);
    }

    @Test
    void tooManyExpiryTimesAreRefused() {
        FingerprintTable table = new FingerprintTable();
        for (int expiry = 0; expiry < 100_000; expiry++) {
            table.add(expiry, 1, expiry);
        }

        assertThatThrownBy(() -> table.add(-1, 1, 100_000))
                .hasMessageContaining("100000 expiry times")
                .hasMessageContaining("batches whose rows all expire at the same time");
    }

    /** As batches do: each announces how many it adds; the last takes what is left. */
    private static void fill(FingerprintTable table, int identities, int generations) {
        SplittableRandom random = new SplittableRandom(7);
        int batch = identities / generations;
        for (int expiry = 0; expiry < generations; expiry++) {
            int size = expiry < generations - 1 ? batch : identities - batch * (generations - 1);
            table.expect(expiry, size);
            for (int at = 0; at < size; at++) {
                table.add(random.nextLong(), random.nextLong(), expiry);
            }
        }
    }

    static Map<List<Long>, Long> contents(FingerprintTable table) {
        Map<List<Long>, Long> found = new HashMap<>();
        for (Generation generation : table.generations()) {
            for (long[] pair : pairs(generation)) {
                found.put(List.of(pair[0], pair[1]), generation.expiry());
            }
        }
        return found;
    }

    private static List<long[]> pairs(Generation generation) {
        List<long[]> found = new ArrayList<>();
        for (Generation.Part part : generation.parts()) {
            for (int entry = 0; entry < part.used(); entry++) {
                long[] pair = {part.words()[2 * entry], part.words()[2 * entry + 1]};
                if (pair[0] != 0 || pair[1] != 0) {
                    found.add(pair);
                }
            }
        }
        return found;
    }
}
