package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BeginningTest {

    private static final PartitionId PARTITION = new PartitionId("fra", "events", 0);

    /** A first batch may hand out what waits, and is repeated from what waited before it. */
    @Test
    void whatWaitsIsPartOfIt() {
        Beginning beginning = new Beginning(
                new Frontier(
                        new Positions(new TreeMap<>(Map.of(PARTITION, 42L))),
                        new TreeSet<>(Set.of(new OffsetRange(PARTITION, 7, 9)))),
                1_700_000_000_000L);

        assertThat(Beginning.parse(beginning.toText())).isEqualTo(beginning);
    }

    @Test
    void damagedTextIsNone() {
        assertThatThrownBy(() -> Beginning.parse("{\"#arrival\": 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an offset of this source");
    }
}
