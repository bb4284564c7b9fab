package io.tributary.ingest;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.StateSpan;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.dedup.OnTime;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a start of the query takes up the work, decided from the newest account in the lake's log.
 *
 * @param checkpoint name of the checkpoint to run on
 * @param state what its deduplication state can know
 * @param frontier where reading begins if the checkpoint is new
 * @param arrivalFloor planning time below which no batch may fall, milliseconds since the epoch
 * @param isNew whether the checkpoint begins with this start
 */
record Resumption(String checkpoint, StateSpan state, Frontier frontier, long arrivalFloor, boolean isNew) {

    /**
     * Goes on with the checkpoint of the newest batch if it is whole and its state fits the configuration; begins a new
     * one at the log's positions otherwise. A new state knows nothing of earlier copies, and says since when it knows.
     *
     * @param isWhole whether the checkpoint of that batch still lies there
     * @param now milliseconds since the epoch
     */
    static Resumption decide(
            Optional<BatchAccount> newest, PipelineConfig config, Predicate<BatchAccount> isWhole, long now) {
        StateSpan wanted = new StateSpan(
                config.dedup().scope().name(),
                config.dedup().window(),
                OnTime.allowance(config),
                config.dedup().statePartitions(),
                Optional.empty());
        if (newest.isEmpty()) {
            return new Resumption(name(now), wanted, Frontier.EMPTY, now, true);
        }
        BatchAccount last = newest.get();
        if (last.state().continues(wanted) && isWhole.test(last)) {
            return new Resumption(last.checkpoint(), last.state(), last.frontier(), last.arrival(), false);
        }
        long since = Math.max(now, last.arrival() + 1);
        return new Resumption(name(since), wanted.startingAt(since), last.frontier(), since, true);
    }

    private static String name(long millis) {
        return "from-" + millis;
    }
}
