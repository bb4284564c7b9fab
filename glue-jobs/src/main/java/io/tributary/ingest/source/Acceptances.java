package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.account.TopicIdentity;
import io.tributary.config.AcceptedGap;
import io.tributary.config.AcceptedReset;
import io.tributary.config.DataCenter;
import java.util.List;
import java.util.Optional;

/** What an operator has accepted for a data center in the data-centers file. */
record Acceptances(List<AcceptedGap> gaps, List<AcceptedReset> resets) {

    static final Acceptances NONE = new Acceptances(List.of(), List.of());

    Acceptances {
        gaps = List.copyOf(gaps);
        resets = List.copyOf(resets);
    }

    static Acceptances of(DataCenter center) {
        return new Acceptances(center.acceptedGaps(), center.acceptedResets());
    }

    /** What is given up of a gap: all of it, or nothing if the operator has accepted less. */
    Optional<OffsetRange> covers(Gap gap) {
        return gaps.stream()
                .filter(given -> given.topic().equals(gap.partition().topic())
                        && given.partition() == gap.partition().partition()
                        && given.from() <= gap.position()
                        && given.until() >= gap.held())
                .findFirst()
                .map(given -> gap.range());
    }

    /** Whether a topic may be begun anew at its start as that identity. */
    boolean allow(String topic, TopicIdentity identity) {
        return resets.contains(new AcceptedReset(topic, identity.toString()));
    }
}
