package io.tributary.lab.run;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.RefusedRecords;
import io.tributary.lab.load.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Records whose time the configuration does not read, which one data center sends in the midst of a run. */
final class RefusedLoad {

    private static final int AFTER_ONE_IN = 3;

    private final int count;
    private final Duration after;
    private final String through;
    private final IdentityScope scope;
    private final Clock clock;

    private RefusedLoad(int count, Duration after, String through, IdentityScope scope, Clock clock) {
        this.count = count;
        this.after = after;
        this.through = through;
        this.scope = scope;
        this.clock = clock;
    }

    /** Those that were asked for. */
    static Optional<RefusedLoad> of(RunOptions options, PipelineConfig config, Clock clock) {
        return options.refused() == 0
                ? Optional.empty()
                : Optional.of(new RefusedLoad(
                        options.refused(),
                        options.duration().dividedBy(AFTER_ONE_IN),
                        "dc1",
                        IdentityScope.of(config.dedup().scope()),
                        clock));
    }

    /** @param say is told when they are sent */
    void startIn(Workload workload, Map<String, String> servers, Consumer<String> say) {
        Sender sender = workload.sender(Map.of(through, servers.get(through)));
        RefusedRecords records =
                new RefusedRecords(scope, "refused-" + clock.instant().getEpochSecond() + "-", clock);
        workload.send(goOn -> {
            if (Later.isReached(after, goOn)) {
                records.send(sender, through, count);
                say.accept(through + " has sent " + count + " records whose time is written as "
                        + RefusedRecords.TIME_FORMAT + ", which the configuration does not read");
            }
        });
    }
}
