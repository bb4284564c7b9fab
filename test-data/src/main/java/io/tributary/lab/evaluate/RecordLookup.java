package io.tributary.lab.evaluate;

import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.TruthFiles;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts fingerprints back into words, with coordinates. The words are not kept in memory: the few that a report names are
 * looked up in the truth files.
 */
public final class RecordLookup {

    private static final int RECORDS_NAMED = 3;

    private final Map<Fingerprint, String> words = new LinkedHashMap<>();

    private RecordLookup() {}

    /** Looks up {@code wanted}, each the fingerprint of an identity or of a malformed record's coordinates. */
    public static RecordLookup of(Collection<Fingerprint> wanted, TruthFiles files) {
        RecordLookup recordLookup = new RecordLookup();
        Set<Fingerprint> left = new HashSet<>(wanted);
        if (!left.isEmpty()) {
            Map<Fingerprint, Integer> named = new LinkedHashMap<>();
            files.forEach(sent -> {
                Stream<Fingerprint> identity =
                        sent.event().map(event -> event.identity().fingerprint()).stream();
                Stream<Fingerprint> place =
                        sent.isRejected() ? Stream.of(sent.coordinates().fingerprint()) : Stream.empty();
                Stream.concat(identity, place).filter(left::contains).forEach(of -> {
                    if (named.merge(of, 1, Integer::sum) <= RECORDS_NAMED) {
                        recordLookup.words.merge(
                                of, describe(sent), (first, next) -> first + ", " + sent.coordinates());
                    }
                });
            });
        }
        return recordLookup;
    }

    private static String describe(SentRecord sent) {
        return sent.event().map(event -> event.identity().id() + " sent as ").orElse("") + sent.coordinates();
    }

    /** What {@code fingerprint} stands for. */
    public String of(Fingerprint fingerprint) {
        return words.getOrDefault(fingerprint, "never sent (xxhash64 " + fingerprint.high() + ")");
    }
}
