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

    /** What is given up of a gap: all of it, or nothing if the operator has accepted less or nothing can be given up. */
    Optional<OffsetRange> covers(Gap gap) {
        if (gap.held() <= gap.position()) {
            return Optional.empty();
        }
        return accepted.stream()
                .filter(given -> given.topic().equals(gap.partition().topic())
                        && given.partition() == gap.partition().partition()
                        && given.from() <= gap.position()
                        && given.until() >= gap.held())
                .findFirst()
                .map(given -> new OffsetRange(gap.partition(), gap.position(), gap.held()));
    }
}
