package io.tributary.lab.chaos;

import io.tributary.lab.run.OptionReader;
import io.tributary.lab.run.OptionValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run with faults is asked for.
 *
 * @param rounds how many faults
 * @param rate records a second, all data centers together
 * @param only the kinds of faults that may come
 * @param fuzz how many hostile records one data center sends, instead of faults; empty for none
 * @param isolation whether to measure what one data center's trouble does to the others, instead
 * @param lake where the run keeps everything; empty for the project's own
 */
record ChaosOptions(
        int rounds,
        long seed,
        int rate,
        List<FaultKind> only,
        OptionalInt fuzz,
        boolean isolation,
        Optional<Path> lake,
        Optional<Path> report) {

    static final String HELP = """
            scripts/chaos runs everything on this machine, on an S3 server, and breaks it time and again while events
            flow and somebody asks: jobs are killed, clusters die and hang, S3 fails, checkpoints vanish. Exit code 0
            only if every event shows once, none that was shown is ever gone, and the audit balances.

              --rounds 6           how many faults; every kind comes before any comes again, and there are 25
              --seed 1             the same seed makes the same faults and sends the same events
              --rate 300           records a second, all data centers together
              --only KIND,KIND     faults of these kinds alone, such as state_damaged
              --fuzz N             send N hostile records through one data center instead: bytes, JSON, times, ids, values,
                                   timestamps, codecs and transactions of every kind; each is to be an event, a
                                   duplicate or quarantined, and nobody else is to notice
              --isolation          measure instead what the others feel when one data center refuses, hangs, dies in the
                                   middle of a batch, or is slow, and print the ratios
              --lake DIR           where everything lies (target/chaos); it stays there for scripts/s3
              --report FILE        write the outcome as JSON
              --help               this text
            """;

    private static final int MAX_ROUNDS = 1_000;
    private static final int MAX_HOSTILE_RECORDS = 10_000_000;

    /** @throws io.tributary.error.InvalidInputException with everything that is wrong */
    static ChaosOptions parse(String... arguments) {
        OptionReader reader = new OptionReader("scripts/chaos", List.of("isolation"), arguments);
        ChaosOptions options = new ChaosOptions(
                reader.value("rounds", text -> OptionValues.number(text, 1, MAX_ROUNDS), 6),
                reader.value("seed", OptionValues::seed, 1L),
                reader.value("rate", text -> OptionValues.number(text, 1, 100_000), 300),
                reader.value("only", ChaosOptions::kinds, List.of(FaultKind.values())),
                reader.value(
                        "fuzz",
                        text -> OptionalInt.of(OptionValues.number(text, 1, MAX_HOSTILE_RECORDS)),
                        OptionalInt.empty()),
                reader.flag("isolation"),
                reader.value("lake", OptionValues::path, Optional.empty()),
                reader.value("report", OptionValues::writable, Optional.empty()));
        reader.finish();
        return options;
    }

    private static List<FaultKind> kinds(String text) {
        List<FaultKind> kinds = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            kinds.add(Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "names a fault that there is not; docs/faults.md" + " lists them")));
        }
        return kinds;
    }
}
