package io.tributary.config;

import java.util.List;
import java.util.Map;

/** A data centre built in code, of which only the Kafka options matter. */
final class SomeDataCenter {

    private SomeDataCenter() {}

    static DataCenter with(Map<String, String> kafka) {
        return new DataCenter(
                "a", "b:1", List.of("e"), new Start.Latest(), DataCenter.State.ACTIVE, List.of(), List.of(), kafka);
    }
}
