package io.tributary.lab.evaluate;

import java.util.List;

/**
 * What the lake shows otherwise than it should, in words.
 *
 * @param visibleTwice events that any answer, at any moment, showed more than once
 * @param goneAgain events that an answer no longer showed although an earlier one had
 * @param erasedShown events that were erased and show, or showed again after they had gone
 * @param mismatched events with another time or payload than they were sent with
 * @param notQuarantined malformed records that are not in the quarantine
 * @param wronglyQuarantined rows of the quarantine beyond one for each malformed record
 */
public record Differences(
        Examples<String> missing,
        Examples<String> visibleTwice,
        Examples<String> goneAgain,
        Examples<String> unexpected,
        Examples<String> erasedShown,
        Examples<String> mismatched,
        Examples<String> notQuarantined,
        Examples<String> wronglyQuarantined) {

    /** All kinds, each under the name that reports give it. */
    List<Named> all() {
        return List.of(
                new Named("missing", missing),
                new Named("visible_twice", visibleTwice),
                new Named("gone_again", goneAgain),
                new Named("unexpected", unexpected),
                new Named("erased_shown", erasedShown),
                new Named("mismatched", mismatched),
                new Named("quarantine_missing", notQuarantined),
                new Named("quarantined_unexpected", wronglyQuarantined));
    }

    /** One kind of difference. */
    record Named(String name, Examples<String> findings) {}

    boolean isNone() {
        return all().stream().allMatch(named -> named.findings().count() == 0);
    }
}
