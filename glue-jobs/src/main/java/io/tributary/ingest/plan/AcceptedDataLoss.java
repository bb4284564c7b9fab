package io.tributary.ingest.plan;

import io.tributary.config.AcceptedGap;
import io.tributary.config.AcceptedReset;
import io.tributary.config.DataCenter;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicIdentity;
import java.util.List;
import java.util.Optional;

/**
 * Which data loss an operator has accepted for a data center: {@code accept_gaps} and {@code accept_reset} of the
 * data-centers file.
 */
public record AcceptedDataLoss(List<AcceptedGap> gaps, List<AcceptedReset> resets) {

    public static final AcceptedDataLoss NONE = new AcceptedDataLoss(List.of(), List.of());

    public AcceptedDataLoss {
        gaps = List.copyOf(gaps);
        resets = List.copyOf(resets);
    }

    public static AcceptedDataLoss of(DataCenter center) {
        return new AcceptedDataLoss(center.acceptedGaps(), center.acceptedResets());
    }

    /** The part of a gap that is skipped: all of it, or nothing if the operator has accepted less. */
    Optional<OffsetRange> covers(Gap gap) {
        return gaps.stream()
                .filter(given -> given.topic().equals(gap.partition().topic())
                        && given.partition() == gap.partition().partition()
                        && given.from() <= gap.position()
                        && given.until() >= gap.held())
                .findFirst()
                .map(given -> gap.range());
    }

    /** Whether the operator accepted that the topic is restarted at its earliest offset under that identity. */
    boolean allow(String topic, TopicIdentity identity) {
        return resets.contains(new AcceptedReset(topic, identity.toString()));
    }
}
