package io.tributary.operations.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.operations.text.Words;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many of some events the lake holds already, by their identities.
 *
 * @param compared how many events were looked up
 * @param known those whose identity staging or the merged table holds
 * @param fresh identities that the lake does not hold
 * @param copies events beyond the first of each such identity
 * @param erased events that were erased, and are left out whenever they come
 * @param limits why not all were looked up, in words; empty if all were
 */
public record KnownEvents(long compared, long known, long fresh, long copies, long erased, Optional<String> limits) {

    private static final double NORMAL_95_PERCENT = 1.96;

    /** Nothing was looked up, for a reason. */
    static KnownEvents not(String reason) {
        return new KnownEvents(0, 0, 0, 0, 0, Optional.of(reason));
    }

    /** The same of records that are a sample of more. */
    KnownEvents ofSample(long records, long ofAll) {
        return new KnownEvents(
                compared,
                known,
                fresh,
                copies,
                erased,
                Optional.of(
                        "a sample of " + Words.count(records) + " of " + Words.count(ofAll) + ", so the share of known"
                                + " ones is right within " + Words.percent(OptionalDouble.of(margin()))
                                + " of all, in 19 of 20 samples"
                                + limits.map(more -> "; " + more).orElse("")));
    }

    /** Half the width of the interval that holds the true share with 95 % certainty. */
    private double margin() {
        if (compared == 0) {
            return 1;
        }
        double share = (double) known / compared;
        // Of a sample in which all are alike, the rule of three.
        return Math.min(1, Math.max(3.0 / compared, NORMAL_95_PERCENT * Math.sqrt(share * (1 - share) / compared)));
    }

    /** One sentence: {@code 37 are known, 4,075 new.} */
    public String words() {
        if (compared == 0 && limits.isPresent()) {
            return "How many of them the lake knows: " + Words.UNKNOWN + "; " + limits.get() + ".";
        }
        return Words.count(known) + " known, " + Words.count(fresh) + " new"
                + (copies == 0 ? "" : ", " + Words.count(copies) + " copies of these")
                + (erased == 0 ? "" : ", " + Words.count(erased) + " erased, which are left out")
                + limits.map(why -> " (" + why + ")").orElse("")
                + ".";
    }

    /** Adds itself to an answer; null stands for what is not known. */
    public void addTo(ObjectNode answer) {
        boolean isAsked = compared > 0 || limits.isEmpty();
        put(answer, "known", isAsked, known);
        put(answer, "new", isAsked, fresh);
        put(answer, "copies", isAsked, copies);
        put(answer, "erased", isAsked, erased);
        put(answer, "compared", isAsked, compared);
        answer.put("not_all_compared_because", limits.orElse(null));
    }

    private static void put(ObjectNode answer, String name, boolean isAsked, long count) {
        answer.put(name, isAsked ? (Long) count : null);
    }
}
