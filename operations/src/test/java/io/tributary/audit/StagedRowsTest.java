package io.tributary.audit;

import static io.tributary.audit.GeneratedLake.FRA;
import static io.tributary.audit.GeneratedLake.NYC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedRowsTest {

    private static final long FIRST = 1_772_000_001_000L;
    private static final long SECOND = FIRST + 1000;

    @Test
    void dataAsAccountedIsNoFinding() {
        assertThat(compare(rows(FIRST, 3, 100, 102), nyc(FIRST), rows(SECOND, 2, 104, 106), nyc2(SECOND)))
                .isEmpty();
    }

    @Test
    void rowsMissingOrTooManyAreNamed() {
        assertThat(compare(rows(FIRST, 2, 100, 102), nyc(FIRST), rows(SECOND, 2, 104, 106)))
                .containsExactly(
                        "DATA_ROWS 1 fra/events-0: 3 rows, 2 rows", "DATA_ROWS 2 nyc/events-3: 2 rows, 0 rows");
    }

    @Test
    void offsetsOutsideTheRangeAreNamed() {
        assertThat(compare(rows(FIRST, 3, 100, 104), nyc(FIRST), rows(SECOND, 2, 104, 106), nyc2(SECOND)))
                .containsExactly(
                        "DATA_OFFSETS 1 fra/events-0: offsets from 100 and below 104, offsets from 100 to 104");
    }

    @Test
    void rowsOfNoBatchAreNamed() {
        assertThat(compare(
                        rows(FIRST, 3, 100, 102),
                        nyc(FIRST),
                        rows(FIRST + 1, 7, 1, 9),
                        rows(SECOND, 2, 104, 106),
                        nyc2(SECOND),
                        rows(SECOND + 1, 1, 1, 1)))
                .hasSize(2)
                .allMatch(finding -> finding.startsWith("DATA_ROWS -1 fra/events-0, arrived_at 2026-02-25T06:13:2"));
    }

    @Test
    void batchesThatHaveLeftTheTableHaveNoRows() {
        assertThat(compare(SECOND, rows(SECOND, 2, 104, 106), nyc2(SECOND))).isEmpty();
        assertThat(compare(SECOND, nyc(FIRST), rows(SECOND, 2, 104, 106), nyc2(SECOND)))
                .containsExactly("DATA_ROWS 1 nyc/events-3: 0 rows, 3 rows");
    }

    private static List<String> compare(StagedRows... data) {
        return compare(0, data);
    }

    private static List<String> compare(long stagedFrom, StagedRows... data) {
        GeneratedLake lake = new GeneratedLake().batch(3, 0).batch(2, 0);
        List<LogEntry> log = new ArrayList<>();
        for (int version = 0; version < lake.staging.size(); version++) {
            log.add(EntryParser.parse(version, lake.staging.get(version)));
        }
        FindingCollector findings = new FindingCollector();
        new StagedRows.Comparison("events_staging", List.of(data).iterator(), stagedFrom, findings)
                .compare(log.iterator());
        return findings.kept().stream()
                .map(finding -> finding.kind() + " " + finding.version() + " " + finding.place() + ": "
                        + finding.expected() + ", " + finding.found())
                .toList();
    }

    private static StagedRows rows(long committedAt, long rows, long lowest, long highest) {
        return new StagedRows(committedAt, FRA, rows, lowest, highest);
    }

    private static StagedRows nyc(long committedAt) {
        return new StagedRows(committedAt, NYC, 3, 101, 103);
    }

    private static StagedRows nyc2(long committedAt) {
        return new StagedRows(committedAt, NYC, 2, 104, 105);
    }
}
