package io.tributary.lab.evaluate;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Fingerprint;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Holds a whole lake against the truth: every row of the view, then every quarantined record. */
public final class Comparison {

    private final GroundTruth truth;
    private final BitSet visible = new BitSet();
    private final BitSet twice = new BitSet();
    private final BitSet quarantined = new BitSet();
    private Examples<Fingerprint> unexpected = Examples.none();
    private Examples<Fingerprint> erased = Examples.none();
    private Examples<Fingerprint> mismatched = Examples.none();
    private Examples<Coordinates> wronglyQuarantined = Examples.none();
    private long rows;
    private long quarantinedRows;

    public Comparison(GroundTruth truth) {
        this.truth = truth;
    }

    /** Adds a row of the view; {@code high} and {@code low} are its identity's {@link Fingerprint}. */
    public void visible(long high, long low, long timeMicros, long payloadHash) {
        rows++;
        int identity = truth.identity(high, low);
        if (identity < 0) {
            unexpected = unexpected.plus(new Fingerprint(high, low));
            return;
        }
        if (truth.isErased(identity)) {
            erased = erased.plus(new Fingerprint(high, low));
            return;
        }
        if (visible.get(identity)) {
            twice.set(identity);
        }
        visible.set(identity);
        if (!truth.wasSentAs(identity, timeMicros, payloadHash)) {
            mismatched = mismatched.plus(new Fingerprint(high, low));
        }
    }

    /** Adds a row of the quarantine. */
    public void quarantined(Coordinates at) {
        quarantinedRows++;
        int malformed = truth.malformed(at);
        if (malformed < 0 || quarantined.get(malformed) || truth.isErasedMalformed(malformed)) {
            wronglyQuarantined = wronglyQuarantined.plus(at);
        } else {
            quarantined.set(malformed);
        }
    }

    public long rows() {
        return rows;
    }

    public long quarantinedRows() {
        return quarantinedRows;
    }

    /** Events that were sent, were not erased, and do not show. */
    public Examples<Fingerprint> missing() {
        List<Fingerprint> examples = IntStream.range(0, truth.unique())
                .filter(identity -> !visible.get(identity) && !truth.isErased(identity))
                .limit(Examples.EXAMPLES)
                .mapToObj(truth::identity)
                .toList();
        return new Examples<>(truth.unique() - truth.erased() - visible.cardinality(), examples);
    }

    public Examples<Fingerprint> visibleTwice() {
        return new Examples<>(
                twice.cardinality(),
                twice.stream()
                        .limit(Examples.EXAMPLES)
                        .mapToObj(truth::identity)
                        .toList());
    }

    /** Events that show and were never sent. */
    public Examples<Fingerprint> unexpected() {
        return unexpected;
    }

    /** Events that were erased and show. */
    public Examples<Fingerprint> erasedShown() {
        return erased;
    }

    /** Events that show with another time or payload than they were ever sent with. */
    public Examples<Fingerprint> mismatched() {
        return mismatched;
    }

    /** Malformed records that were not erased and are not in the quarantine, by the fingerprint of their coordinates. */
    public Examples<Fingerprint> notQuarantined() {
        List<Fingerprint> examples = IntStream.range(0, truth.malformed())
                .filter(malformed -> !quarantined.get(malformed) && !truth.isErasedMalformed(malformed))
                .limit(Examples.EXAMPLES)
                .mapToObj(truth::malformed)
                .toList();
        return new Examples<>(truth.malformed() - truth.erasedMalformed() - quarantined.cardinality(), examples);
    }

    /** Rows of the quarantine that are no malformed record, or one that is already there or was erased. */
    public Examples<Coordinates> wronglyQuarantined() {
        return wronglyQuarantined;
    }
}
