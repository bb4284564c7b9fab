package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.config.AcceptedGap;
import java.util.List;
import java.util.Optional;

/** The gaps of a data centre that an operator has accepted in the data-centres file. */
record GivenUp(List<AcceptedGap> accepted) {

    GivenUp {
        accepted = List.copyOf(accepted);
    }

    /**
     * What is given up of a gap; empty if the operator has accepted less than the whole of it.
     *
     * @param waiting the deferred range that the gap begins in, if it does; the rest of the gap comes after it
     */
    Optional<OffsetRange> covers(Gap gap, Optional<OffsetRange> waiting) {
        if (gap.held() <= gap.position()) {
            return Optional.empty();
        }
        long until = waiting.map(range -> Math.min(range.until(), gap.held())).orElse(gap.held());
        return accepted.stream()
                .filter(given -> given.topic().equals(gap.partition().topic())
                        && given.partition() == gap.partition().partition()
                        && given.from() <= gap.position()
                        && given.until() >= until)
                .findFirst()
                .map(given -> new OffsetRange(gap.partition(), gap.position(), until));
    }
}
