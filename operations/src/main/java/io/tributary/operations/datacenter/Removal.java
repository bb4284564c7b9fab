package io.tributary.operations.datacenter;

import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.lake.status.RecordedChange.Drained;
import io.tributary.operations.datacenter.drain.DrainGoal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a data center may be removed: it is drained, and nothing came since. */
public final class Removal {

    private final String dataCenter;
    private final Optional<RecordedChange> drain;

    /** @param history oldest first */
    public Removal(String dataCenter, List<RecordedChange> history) {
        this.dataCenter = dataCenter;
        this.drain = history.stream()
                .filter(change -> change.dataCenter().equals(dataCenter))
                .filter(change -> change.action() == Action.DRAIN || change.action() == Action.ADD)
                .reduce((first, second) -> second)
                .filter(change -> change.action() == Action.DRAIN);
    }

    /** What the history has against it, in words. */
    public Optional<String> objection() {
        return drain.isPresent()
                ? Optional.empty()
                : Optional.of("no drain of it is recorded, so it may have records that nobody has read");
    }

    /** What its brokers have against it, in words. */
    public Optional<String> objection(ClusterAnswer answer) {
        RecordedChange drained = drain.orElseThrow();
        if (answer.bounds().isEmpty()) {
            return Optional.of(
                    "its brokers do not answer, so nobody knows whether records came since it was drained at "
                            + drained.at() + ": " + answer.cause());
        }
        Drained certified = drained.drained().orElseThrow();
        long beyond = new DrainGoal(dataCenter, certified.until())
                .beyond(answer.bounds().get().end());
        return beyond == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d records came after those that its drain of %s certifies; stop its producers, and drain it"
                                + " again",
                        beyond,
                        drained.at()));
    }
}
