package io.tributary.compaction.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.columns.Columns;
import io.tributary.config.MergeConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.log.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinPackPlannerTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final MergeConfig LIMITS = PipelineConfig.parse(
                    "merge: {target_file_size: 1000, compact_after_files: 4}", "test")
            .merge();

    private final BinPackPlanner planner = new BinPackPlanner(LIMITS, Duration.ofHours(1));
    private int names;

    @Test
    void aDateThatHasGatheredManySmallFilesIsPacked() {
        List<DataFile> crowded = files(MONDAY, 4, 100);
        List<DataFile> all = new ArrayList<>(crowded);
        all.addAll(files(TUESDAY, 3, 100));

        assertThat(planner.crowded(all)).singleElement().satisfies(group -> {
            assertThat(group.files()).containsExactlyInAnyOrderElementsOf(crowded);
            assertThat(group.outputs()).isEqualTo(1);
        });
    }

    @Test
    void filesOfHalfTheTargetAndMoreAreLeftAlone() {
        assertThat(planner.crowded(files(MONDAY, 100, 500))).isEmpty();
        assertThat(planner.ended(files(MONDAY, 100, 500), file -> true)).isEmpty();
    }

    @Test
    void whatComesOutOfAPackIsNotSmallUnlessItIsOneFile() {
        for (int bytes = 10; bytes < 500; bytes += 7) {
            for (int count = 2; count < 60; count++) {
                FileGroup group =
                        planner.ended(files(MONDAY, count, bytes), file -> true).get(0);
                assertThat(group.outputs() == 1 || group.bytes() / group.outputs() >= 500)
                        .as("%s files of %s bytes become %s", count, bytes, group.outputs())
                        .isTrue();
            }
        }
    }

    @Test
    void aLargerFileWaitsUntilTheOthersWeighEnough() {
        List<DataFile> files = new ArrayList<>(files(MONDAY, 4, 10));
        DataFile larger = narrow(MONDAY, 400);
        files.add(larger);

        assertThat(planner.crowded(files))
                .singleElement()
                .satisfies(group -> assertThat(group.files()).hasSize(4).doesNotContain(larger));

        files.addAll(files(MONDAY, 6, 10));
        assertThat(planner.crowded(files)).singleElement().satisfies(group -> assertThat(group.files())
                .contains(larger));
    }

    @Test
    void smallFilesOfLateRowsDoNotKeepThoseOnTimeFromBeingPacked() {
        List<DataFile> onTime = files(MONDAY, 5, 100);
        List<DataFile> files = new ArrayList<>(onTime);
        files.addAll(files(MONDAY, 2, 1));
        files.add(file(MONDAY, 2, at(MONDAY, 0), at(MONDAY, 20)));
        files.add(file(MONDAY, 2, at(MONDAY, 0), at(MONDAY, 20)));

        assertThat(planner.crowded(files))
                .extracting(group -> group.files().size())
                .containsExactlyInAnyOrder(7, 2);
    }

    @Test
    void aDayOfMergesEndsInFilesNearTheTarget() {
        List<DataFile> files = new ArrayList<>();
        int written = 0;
        for (int merge = 1; merge <= 96; merge++) {
            Instant from = at(MONDAY, 0).plus(Duration.ofMinutes(15L * (merge - 1)));
            files.add(file(MONDAY, 60, from, from.plus(Duration.ofMinutes(15))));
            files.add(file(MONDAY, 1, at(MONDAY, 0), from));
            if (merge % LIMITS.compactAfterFiles() == 0) {
                written += group(files, planner.crowded(files));
            }
        }
        written += group(files, planner.settled(files, TUESDAY));

        assertThat(files).hasSizeBetween(96 * 61 / 1000, 2 * 96 * 61 / 1000 + 2);
        assertThat(written).as("bytes written anew, of %s", 96 * 61).isLessThan(4 * 96 * 61);
    }

    @Test
    void inADateThatIsOverAQuarterOfTheFilesIsEnough() {
        List<DataFile> files = files(MONDAY, 2, 100);

        assertThat(planner.crowded(files)).isEmpty();
        assertThat(planner.settled(files, TUESDAY)).singleElement().satisfies(group -> assertThat(group.files())
                .hasSize(2));
        assertThat(planner.settled(files, MONDAY)).isEmpty();
        assertThat(new BinPackPlanner(
                                PipelineConfig.parse("merge: {target_file_size: 1000, compact_after_files: 12}", "test")
                                        .merge(),
                                Duration.ofHours(1))
                        .settled(files, TUESDAY))
                .isEmpty();
    }

    @Test
    void whatCountsAsOnTimeFollowsTheDedupWindow() {
        List<DataFile> files = new ArrayList<>(files(MONDAY, 2, 100));
        files.add(file(MONDAY, 100, at(MONDAY, 0), at(MONDAY, 10)));
        files.add(file(MONDAY, 100, at(MONDAY, 1), at(MONDAY, 11)));

        assertThat(new BinPackPlanner(LIMITS, Duration.ofHours(1)).crowded(files))
                .hasSize(2);
        assertThat(new BinPackPlanner(LIMITS, Duration.ofHours(6)).crowded(files))
                .hasSize(1);
    }

    /** Does to the files what the file groups say; the bytes that are written. */
    private int group(List<DataFile> files, List<FileGroup> groups) {
        int written = 0;
        for (FileGroup group : groups) {
            files.removeAll(group.files());
            TimeSpan span = group.files().stream()
                    .map(file -> file.span().orElseThrow())
                    .reduce(TimeSpan::plus)
                    .orElseThrow();
            for (int i = 0; i < group.outputs(); i++) {
                files.add(file(MONDAY, group.bytes() / group.outputs(), span.first(), span.last()));
            }
            written += (int) group.bytes();
        }
        return written;
    }

    @Test
    void lateRowsArePackedApartFromThoseOnTime() {
        List<DataFile> files = new ArrayList<>(files(MONDAY, 3, 100));
        files.add(file(MONDAY, 50, at(MONDAY, 0), at(MONDAY, 20)));
        files.add(file(MONDAY, 50, at(MONDAY, 1), at(MONDAY, 21)));

        assertThat(planner.crowded(files))
                .extracting(group -> group.files().size())
                .containsExactlyInAnyOrder(3, 2);
    }

    @Test
    void oneFileAloneIsNotWrittenAnew() {
        List<DataFile> files = new ArrayList<>(files(MONDAY, 4, 100));
        files.add(file(MONDAY, 50, at(MONDAY, 0), at(MONDAY, 20)));

        assertThat(planner.crowded(files)).singleElement().satisfies(group -> assertThat(group.files())
                .hasSize(4));
        assertThat(planner.ended(files(TUESDAY, 1, 10), file -> true)).isEmpty();
    }

    @Test
    void aPartitionThatHasEndedIsPackedOnce() {
        List<DataFile> files = new ArrayList<>(files(MONDAY, 2, 10));
        files.addAll(files(TUESDAY, 2, 10));

        assertThat(planner.ended(files, file -> file.value(Columns.EVENT_DATE).equals(Optional.of(MONDAY.toString()))))
                .singleElement()
                .satisfies(group -> assertThat(group.partition())
                        .containsEntry(Columns.EVENT_DATE, Optional.of(MONDAY.toString())));
    }

    @Test
    void aDateThatIsOverIsWrittenAnewIfAMomentIsSpreadOverManyFiles() {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            files.add(file(MONDAY, 1000, at(MONDAY, 0), at(MONDAY, 23)));
        }

        assertThat(planner.settled(files, TUESDAY)).singleElement().satisfies(group -> assertThat(group.outputs())
                .isEqualTo(5));
        assertThat(planner.settled(files, MONDAY)).isEmpty();
    }

    @Test
    void aDateInOrderIsLeftAlone() {
        List<DataFile> files = new ArrayList<>();
        for (int hour = 0; hour < 20; hour++) {
            files.add(file(MONDAY, 1400, at(MONDAY, hour), at(MONDAY, hour + 1)));
        }
        files.add(file(MONDAY, 30, at(MONDAY, 0), at(MONDAY, 20)));

        assertThat(planner.settled(files, TUESDAY)).isEmpty();
    }

    @Test
    void whatAReaderOfAMomentReadsIsTheMeanOverTheDate() {
        List<DataFile> files = List.of(
                file(MONDAY, 100, at(MONDAY, 0), at(MONDAY, 10)), file(MONDAY, 300, at(MONDAY, 5), at(MONDAY, 10)));

        assertThat(BinPackPlanner.bytesOfAMoment(files)).isEqualTo(250, within(0.001));
        assertThat(BinPackPlanner.bytesOfAMoment(List.of())).isZero();
        assertThat(BinPackPlanner.bytesOfAMoment(List.of(file(MONDAY, 9, at(MONDAY, 1), at(MONDAY, 1)))))
                .isZero();
    }

    @Test
    void aFileWithoutStatisticsCountsAsOneThatSpansAll() {
        List<DataFile> files = List.of(
                file(MONDAY, 100, at(MONDAY, 0), at(MONDAY, 10)),
                new DataFile("x", partition(MONDAY), 40, Optional.empty()));

        assertThat(BinPackPlanner.bytesOfAMoment(files)).isEqualTo(140, within(0.001));
    }

    private List<DataFile> files(LocalDate date, int count, long bytes) {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(narrow(date, bytes));
        }
        return files;
    }

    private DataFile narrow(LocalDate date, long bytes) {
        return file(date, bytes, at(date, 9), at(date, 9).plus(Duration.ofMinutes(5)));
    }

    private DataFile file(LocalDate date, long bytes, Instant first, Instant last) {
        return new DataFile("file-" + names++, partition(date), bytes, Optional.of(new TimeSpan(first, last)));
    }

    private static Map<String, Optional<String>> partition(LocalDate date) {
        return Map.of(Columns.EVENT_DATE, Optional.of(date.toString()));
    }

    private static Instant at(LocalDate date, int hour) {
        return Instant.parse(date + "T00:00:00Z").plus(Duration.ofHours(hour));
    }
}
