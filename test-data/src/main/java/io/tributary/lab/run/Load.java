package io.tributary.lab.run;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lab.input.InputFile;
import io.tributary.lab.input.InputLoad;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.LoadGenerator;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** What a run sends, and who sends it. */
public interface Load {

    /** Runs of loads of the same number send the same ids, so each spare one has a number of its own. */
    int MAX_SPARE = 100;

    List<String> dataCenters();

    /** In words, for the first lines of a run. */
    String describe();

    /** Sends everything at its pace, or until {@code goOn} says no, and returns when it is acknowledged. */
    void send(Sender sender, Clock clock, Pace pace, BooleanSupplier goOn);

    /** The file that was asked for, or else generated events; {@code run} is the number of this run on the lake. */
    static Load of(RunOptions options, PipelineConfig config, int run) {
        if (options.input().isPresent()) {
            return input(options, config, options.input().get());
        }
        LoadRequirements.check(config);
        return generated(options, config, run);
    }

    private static Load generated(RunOptions options, PipelineConfig config, int run) {
        List<String> names = IntStream.rangeClosed(1, options.dataCenters())
                .mapToObj(number -> "dc" + number)
                .toList();
        LoadSpec spec = new LoadSpec(
                options.recordsPerSecond(),
                options.duration(),
                names,
                options.shares(),
                TextSize.DEFAULT,
                run,
                options.seed());
        return of(spec, config.dedup().scope());
    }

    /** Generated events of the data centers that an operator may add, each of which sends as much as one of the others. */
    static List<Load> spare(RunOptions options, PipelineConfig config, int run) {
        return IntStream.rangeClosed(1, options.spare())
                .mapToObj(number -> of(
                        new LoadSpec(
                                Math.max(1, options.recordsPerSecond() / options.dataCenters()),
                                options.duration(),
                                List.of("dc" + (options.dataCenters() + number)),
                                options.shares(),
                                TextSize.DEFAULT,
                                -(run * MAX_SPARE + number),
                                options.seed()),
                        config.dedup().scope()))
                .toList();
    }

    /** Generated events. */
    static Load of(LoadSpec spec, DedupScope dedup) {
        IdentityScope scope = IdentityScope.of(dedup);
        return new Load() {
            @Override
            public List<String> dataCenters() {
                return spec.dataCenters();
            }

            @Override
            public String describe() {
                return spec.rate() + " records/s for " + spec.duration().toSeconds() + " s";
            }

            @Override
            public void send(Sender sender, Clock clock, Pace pace, BooleanSupplier goOn) {
                new LoadGenerator(spec, scope, sender, clock, pace).run(goOn);
            }
        };
    }

    private static Load input(RunOptions options, PipelineConfig config, Path file) {
        if (file.toFile().length() == 0) {
            throw new InvalidInputException("The input " + file
                    + " is empty, so there is nothing to send. Name a file of" + " JSON lines, with --input");
        }
        InputLoad input = InputLoad.of(new InputFile(file), config, options.dataCenters());
        return new Load() {
            @Override
            public List<String> dataCenters() {
                return input.dataCenters();
            }

            @Override
            public String describe() {
                return "the lines of " + file;
            }

            @Override
            public void send(Sender sender, Clock clock, Pace pace, BooleanSupplier goOn) {
                input.run(sender, clock, pace, options.rate(), goOn);
            }
        };
    }
}
