package io.tributary.lab.load;

import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import java.time.Duration;
import java.util.List;

/** Loads for tests: a default one, to be changed where a test cares. */
record Loads(int rate, Duration duration, List<String> dataCenters, Shares shares, int run, long seed) {

    static Loads load() {
        return new Loads(500, Duration.ofSeconds(60), List.of("dc1", "dc2", "dc3"), new Shares(0.1, 0.05, 0.01), 1, 1);
    }

    Loads dataCenters(String... names) {
        return new Loads(rate, duration, List.of(names), shares, run, seed);
    }

    Loads shares(double duplicates, double backdated, double malformed) {
        return new Loads(rate, duration, dataCenters, new Shares(duplicates, backdated, malformed), run, seed);
    }

    Loads run(int number) {
        return new Loads(rate, duration, dataCenters, shares, number, seed);
    }

    Loads seed(long value) {
        return new Loads(rate, duration, dataCenters, shares, run, value);
    }

    LoadSpec spec() {
        return new LoadSpec(rate, duration, dataCenters, shares, TextSize.DEFAULT, run, seed);
    }
}
