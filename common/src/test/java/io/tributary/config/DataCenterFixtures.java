package io.tributary.config;

import java.util.List;
import java.util.Map;

/** A data center built in code, of which only the Kafka options matter. */
public final class DataCenterFixtures {

    private DataCenterFixtures() {}

    public static DataCenter with(Map<String, String> kafka) {
        return new DataCenter(
                "a",
                "b:1",
                List.of("e"),
                new StartingOffsets.Latest(),
                DataCenter.State.ACTIVE,
                List.of(),
                List.of(),
                kafka);
    }
}
