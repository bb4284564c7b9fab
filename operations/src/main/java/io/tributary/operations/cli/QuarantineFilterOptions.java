package io.tributary.operations.cli;

import io.tributary.cli.Suggestions;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.decode.DecodeResult;
import io.tributary.operations.replay.QuarantineFilter;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name records of the quarantine. */
final class QuarantineFilterOptions {

    @Option(names = "--data-center", paramLabel = "NAME", description = "Only records of this data center.")
    private Optional<String> dataCenter = Optional.empty();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Only records that were refused for this reason, such as invalid_event_time.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only records that arrived at this time or later, such as 2026-03-01T08:00:00Z.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Only records that arrived before this time.")
    private Optional<String> until = Optional.empty();

    /** @throws InvalidInputException if an option names what there is not */
    QuarantineFilter filter(Environment environment, Lake lake) {
        dataCenter.ifPresent(
                name -> KnownDataCenters.require(name, KnownDataCenters.read(lake.staging(), environment.hadoop())));
        reason.ifPresent(QuarantineFilterOptions::requireReason);
        return new QuarantineFilter(dataCenter, reason, time("--since", since), time("--until", until));
    }

    private static void requireReason(String given) {
        List<String> known = Arrays.stream(DecodeResult.Reason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(given)) {
            throw new InvalidInputException("There is no reason " + given + "; " + Suggestions.remedy(given, known));
        }
    }

    private static Optional<Instant> time(String option, Optional<String> text) {
        return text.map(given -> Times.instant(given)
                .orElseThrow(() -> new InvalidInputException(
                        option + " " + given + " is no time; write one such as 2026-03-01T08:00:00Z.")));
    }
}
