package io.tributary.lab.run;

import java.util.List;
import java.util.stream.Stream;

/**
 * The loads of a run.
 *
 * @param first of the data centers that are in the data-centers file from the beginning
 * @param spare one for each data center that is not
 */
record Loads(Load first, List<Load> spare) {

    Loads {
        spare = List.copyOf(spare);
    }

    /** All data centers that send. */
    List<String> names() {
        return Stream.concat(first.dataCenters().stream(), spareNames().stream())
                .toList();
    }

    /** Those that an operator may add. */
    List<String> spareNames() {
        return spare.stream().flatMap(load -> load.dataCenters().stream()).toList();
    }
}
