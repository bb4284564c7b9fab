package io.tributary.lab.fuzz;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.input.ForeignEvent;
import io.tributary.lab.input.RecordRules;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.Xxh64;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What must come of each record, by the lab's own reading of the configuration.
 *
 * <p>Records for which the rules promise nothing are not to be sent: those that lie so near a bound of event time that
 * the moment of arrival decides, and copies of an event that give it another time.
 */
public final class Oracle {

    /** Between sending and arrival passes less than this. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(30);

    private final RecordRules rules;
    private final IdentityScope scope;
    private final Map<Fingerprint, Long> times = new HashMap<>();

    public Oracle(PipelineConfig config) {
        this.rules = new RecordRules(config.event(), config.eventTime());
        this.scope = config.dedup().scope() == DedupScope.GLOBAL ? IdentityScope.GLOBAL : IdentityScope.DATA_CENTER;
    }

    /** What a record is. */
    public sealed interface Answer {

        /** An event, or a copy of one. */
        record Event(SentEvent event) implements Answer {}

        /** Of no use; belongs into the quarantine. */
        record Malformed() implements Answer {}

        /** The rules promise nothing. */
        record Unsettled() implements Answer {}
    }

    /**
     * @param through the data center that delivers it
     * @param now the moment of sending
     */
    public synchronized Answer answer(Optional<byte[]> value, String through, Instant now) {
        if (value.isEmpty()) {
            return new Answer.Malformed();
        }
        Optional<ForeignEvent> early = rules.read(value.get(), now.minus(ON_ITS_WAY));
        Optional<ForeignEvent> late = rules.read(value.get(), now.plus(ON_ITS_WAY));
        if (!early.equals(late)) {
            return new Answer.Unsettled();
        }
        return early.map(event -> event(event, value.get(), through)).orElseGet(Answer.Malformed::new);
    }

    private Answer event(ForeignEvent event, byte[] value, String through) {
        Identity identity = scope.identity(event.dataCenter().orElse(through), event.id());
        // Tables show milliseconds, which all engines do alike.
        long micros = Math.floorDiv(event.timeMicros(), 1_000L) * 1_000L;
        Long known = times.putIfAbsent(identity.fingerprint(), micros);
        return known == null || known == micros
                ? new Answer.Event(new SentEvent(identity, micros, Xxh64.of(value)))
                : new Answer.Unsettled();
    }
}
