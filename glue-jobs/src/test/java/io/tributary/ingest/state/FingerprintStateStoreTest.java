package io.tributary.ingest.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.fs.FileUtil;

/** Any history of batches, failed attempts, starts, rollbacks and maintenance, beside a map of what must be known. */
class FingerprintStateStoreTest {

    private static final int IDENTITIES = 40;

    /** What is done to one identity. */
    record Step(boolean isPut, long identity, long expiry) {}

    /** What happens between batches. */
    enum Before {
        NOTHING,
        A_FAILED_ATTEMPT,
        A_START,
        A_ROLLBACK,
        MAINTENANCE
    }

    /** @param watermark up to which the batch removes what has expired, from the time of the batch on */
    record Batch(Before before, List<Step> steps, int watermark) {}

    private final List<Map<Long, Long>> versions = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();

    @Property
    void itKnowsWhatAMapWouldKnow(@ForAll("histories") List<Batch> history) throws IOException {
        Path dir = Files.createTempDirectory("fingerprints");
        versions.clear();
        versions.add(Map.of());
        batches.clear();
        StateFolder folder = new StateFolder(dir);
        FingerprintStateStoreProvider provider = folder.open();
        for (Batch batch : history) {
            int version = versions.size() - 1;
            switch (batch.before()) {
                case A_FAILED_ATTEMPT -> attempt(provider, version, batch).abort();
                case A_START -> provider = folder.open();
                case A_ROLLBACK -> repeat(provider, Math.max(0, version - 2));
                case MAINTENANCE -> provider.doMaintenance();
                case NOTHING -> {}
            }
            attempt(provider, version, batch).commit();
            versions.add(after(versions.get(version), batch, version));
            batches.add(batch);
            requireKnown(StateFolder.store(provider, version + 1), versions.get(version + 1));
        }
        requireKnown(StateFolder.store(folder.open(), versions.size() - 1), versions.get(versions.size() - 1));
        FileUtil.fullyDelete(dir.toFile());
    }

    /** Loads an older version and takes the same batches once more. */
    private void repeat(FingerprintStateStoreProvider provider, int from) {
        for (int version = from; version < versions.size() - 1; version++) {
            requireKnown(StateFolder.store(provider, version), versions.get(version));
            attempt(provider, version, batches.get(version)).commit();
        }
    }

    private FingerprintStateStore attempt(FingerprintStateStoreProvider provider, int version, Batch batch) {
        FingerprintStateStore store = StateFolder.store(provider, version);
        Map<Long, Long> model = new HashMap<>(versions.get(version));
        for (Step step : batch.steps()) {
            apply(step, model, version);
            if (step.isPut()) {
                StateFolder.put(store, step.identity(), version + step.expiry());
            } else {
                store.erase(StateFolder.row(step.identity()));
            }
        }
        requireKnown(store, model);
        int watermark = version + batch.watermark();
        long expired = model.values().stream().filter(at -> at <= watermark).count();
        assertThat(StateFolder.expire(store, watermark)).isEqualTo((int) Math.min(expired + 1, model.size()));
        requireKnown(store, after(versions.get(version), batch, version));
        return store;
    }

    private static Map<Long, Long> after(Map<Long, Long> before, Batch batch, int version) {
        Map<Long, Long> model = new HashMap<>(before);
        batch.steps().forEach(step -> apply(step, model, version));
        model.values().removeIf(at -> at <= version + batch.watermark());
        return model;
    }

    private static void apply(Step step, Map<Long, Long> model, int version) {
        if (step.isPut()) {
            model.put(step.identity(), version + step.expiry());
        } else {
            model.remove(step.identity());
        }
    }

    private static void requireKnown(FingerprintStateStore store, Map<Long, Long> model) {
        for (long identity = 0; identity < IDENTITIES; identity++) {
            assertThat(StateFolder.get(store, identity)).isEqualTo(model.get(identity));
        }
    }

    @Provide
    Arbitrary<List<Batch>> histories() {
        Arbitrary<Step> steps = Combinators.combine(
                        Arbitraries.integers().between(0, 9).map(kind -> kind < 8),
                        Arbitraries.longs().between(0, IDENTITIES - 1),
                        Arbitraries.longs().between(1, 5))
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.of(Before.values()),
                        steps.list().ofMaxSize(12),
                        Arbitraries.integers().between(-5, 2))
                .as(Batch::new)
                .list()
                .ofMaxSize(35);
    }
}
