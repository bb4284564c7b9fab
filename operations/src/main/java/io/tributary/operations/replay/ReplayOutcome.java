package io.tributary.operations.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.operations.text.Words;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has become of a request, by the commit metadata of the batches since then.
 *
 * @param total what came of its records so far
 * @param skipped offsets that Kafka no longer had
 * @param trouble why a part of it could not be read, by the newest batch that tried; empty if none failed
 */
public record ReplayOutcome(State state, RangeStats total, long skipped, Optional<String> trouble) {

    /** How far a request has come. */
    public enum State {
        /** No batch has read of it. */
        WAITING,
        /** A part of it is read. */
        RUNNING,
        /** All of it is read. */
        DONE,
        /** The commits of that time have expired. */
        UNKNOWN
    }

    /** Follows the log of the staging table from the version at which the request was made. */
    public static ReplayOutcome of(ReplayRequest request, CommitLog staging) {
        Set<TopicPartitionId> inputs =
                request.inputs().stream().map(ReplayInput::partition).collect(Collectors.toSet());
        RangeStats total = RangeStats.EMPTY;
        long skipped = 0;
        boolean isBegun = false;
        Optional<String> trouble = Optional.empty();
        long newest = staging.newestVersion();
        for (long version = request.version() + 1; version <= newest; version++) {
            Optional<Commit> commit = staging.commit(version);
            if (commit.isEmpty()) {
                return new ReplayOutcome(State.UNKNOWN, RangeStats.EMPTY, 0, Optional.empty());
            }
            if (!(commit.get().metadata().orElse(null) instanceof BatchMetadata batch)) {
                continue;
            }
            for (TopicPartitionId partition : inputs) {
                RangeStats read = batch.ranges().get(partition);
                if (read != null) {
                    total = total.plus(read);
                    trouble = Optional.empty();
                }
                Optional<String> error = Optional.ofNullable(batch.readErrors().get(partition));
                trouble = error.isPresent() ? error : trouble;
            }
            skipped += batch.lost().stream()
                    .filter(range -> inputs.contains(range.partition()))
                    .mapToLong(OffsetRange::offsets)
                    .sum();
            isBegun |= request.isBegun(batch.readProgress());
            if (request.isDone(batch.readProgress())) {
                return new ReplayOutcome(State.DONE, total, skipped, Optional.empty());
            }
        }
        return new ReplayOutcome(isBegun ? State.RUNNING : State.WAITING, total, skipped, trouble);
    }

    /** One sentence: {@code done: 4,120 read: 4,112 are staged, 0 were known, 8 are still refused}. */
    public String words() {
        if (state == State.UNKNOWN) {
            return "? (the commits of that time have expired)";
        }
        if (state == State.WAITING) {
            return "waits for the stream" + trouble.map(why -> "; " + why).orElse("");
        }
        return (state == State.DONE ? "done: " : "runs: ") + Words.count(total.read()) + " read: "
                + Words.count(total.staged()) + " are staged, " + Words.count(total.duplicate())
                + " were known, " + Words.count(total.quarantined()) + " are refused"
                + (total.withoutEvent() == 0 ? "" : ", " + Words.count(total.withoutEvent()) + " are passed over")
                + (total.erased() == 0 ? "" : ", " + Words.count(total.erased()) + " are erased")
                + (skipped == 0 ? "" : "; " + Words.count(skipped) + " offsets are no longer in Kafka")
                + trouble.map(why -> "; a part could not be read: " + why).orElse("");
    }

    /** The same for programs; null for what is not known. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
        boolean isKnown = state != State.UNKNOWN;
        root.put("read", isKnown ? Long.valueOf(total.read()) : null);
        root.put("staged", isKnown ? Long.valueOf(total.staged()) : null);
        root.put("duplicate", isKnown ? Long.valueOf(total.duplicate()) : null);
        root.put("refused", isKnown ? Long.valueOf(total.quarantined()) : null);
        root.put("without_event", isKnown ? Long.valueOf(total.withoutEvent()) : null);
        root.put("erased", isKnown ? Long.valueOf(total.erased()) : null);
        root.put("skipped_offsets", isKnown ? Long.valueOf(skipped) : null);
        root.put("trouble", trouble.orElse(null));
        return root;
    }
}
