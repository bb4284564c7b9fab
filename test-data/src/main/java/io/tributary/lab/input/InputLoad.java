package io.tributary.lab.input;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.evaluate.GroundTruth;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.Xxh64;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Sends a file as it stands, and tells the truth about each line by the lab's own reading of it. */
public final class InputLoad {

    private static final double NANOS_PER_SECOND = 1e9;

    private final InputFile file;
    private final RecordRules rules;
    private final IdentityScope scope;
    private final Assignment assignment;
    private final GroundTruth known;
    private long lines;

    private InputLoad(
            InputFile file, RecordRules rules, IdentityScope scope, Duration tolerance, Assignment assignment) {
        this.file = file;
        this.rules = rules;
        this.scope = scope;
        this.known = new GroundTruth(tolerance);
        this.assignment = assignment;
    }

    /** Reads the file once, to find who sends what; {@code dataCenters} counts them if the lines do not name them. */
    public static InputLoad of(InputFile file, PipelineConfig config, int dataCenters) {
        RecordRules rules = new RecordRules(config.event(), config.eventTime());
        Assignment.Names names = new Assignment.Names();
        if (config.event().dataCenter().isPresent()) {
            file.forEachLine(line -> {
                names.add(rules.dataCenterOf(line));
                return true;
            });
        }
        return new InputLoad(
                file,
                rules,
                scope(config.dedup().scope()),
                config.dedup().timeTolerance(),
                names.assignment(dataCenters));
    }

    private static IdentityScope scope(DedupScope scope) {
        return switch (scope) {
            case GLOBAL -> IdentityScope.GLOBAL;
            case DATA_CENTER -> IdentityScope.DATA_CENTER;
        };
    }

    /** The data centers that send the file's lines. */
    public List<String> dataCenters() {
        return assignment.dataCenters();
    }

    /** Sends every line, at most {@code rate} a second, and returns when all of it is acknowledged. */
    public void run(Sender sender, Clock clock, Pace pace, OptionalInt rate, BooleanSupplier goOn) {
        pace.start();
        file.forEachLine(line -> {
            long due = rate.isPresent() ? (long) (lines * (NANOS_PER_SECOND / rate.getAsInt())) : 0;
            if (!pace.awaitDue(due, goOn)) {
                return false;
            }
            lines++;
            send(line, sender, clock);
            return true;
        });
        sender.flush();
    }

    private void send(byte[] line, Sender sender, Clock clock) {
        String through = assignment.next(rules.dataCenterOf(line));
        if (rules.passOver(line)) {
            sender.sendPassedOver(through, line);
            return;
        }
        Instant stamped = clock.instant();
        Optional<ForeignEvent> event = rules.read(line, stamped);
        if (event.isEmpty()) {
            sender.sendMalformed(through, Optional.of(line));
            return;
        }
        Identity identity = scope.identity(
                event.get().dataCenter().orElse(through), event.get().id());
        SentEvent sent = new SentEvent(identity, event.get().timeMicros(), Xxh64.of(rules.payload(line)));
        sender.sendEvent(through, known.add(sent) ? Kind.EVENT : Kind.DUPLICATE, line, sent, stamped);
    }
}
