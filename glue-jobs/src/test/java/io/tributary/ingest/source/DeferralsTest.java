package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.runtime.LakeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeferralsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    private final LakeFiles files = new LakeFiles(new Configuration());

    @TempDir
    private Path dir;

    private String folder;

    @BeforeEach
    void folderThatIsNotThereYet() {
        folder = dir.resolve("deferrals").toUri().toString();
    }

    @Test
    void whatIsRecordedIsLoadedWithTheNextStart() {
        assertThat(Deferrals.load(folder, files).of(5)).isEmpty();

        assertThat(Deferrals.record(folder, files, new Deferral(5, "fra-1.a", 9), "timed out"))
                .isTrue();
        assertThat(Deferrals.record(folder, files, new Deferral(5, "nyc", 9), ""))
                .isTrue();

        Deferrals loaded = Deferrals.load(folder, files);
        assertThat(loaded.of(5)).containsExactlyInAnyOrder("fra-1.a", "nyc");
        assertThat(loaded.of(6)).isEmpty();
    }

    @Test
    void aDeferralIsRecordedOnce() {
        assertThat(Deferrals.record(folder, files, new Deferral(5, "fra", 9), ""))
                .isTrue();
        assertThat(Deferrals.record(folder, files, new Deferral(5, "fra", 10), ""))
                .isFalse();
        assertThat(Deferrals.record(folder, files, new Deferral(6, "fra", 10), ""))
                .isTrue();
    }

    @Test
    void aRecordThatWasCutShortStillCounts() throws Exception {
        Deferrals.record(folder, files, new Deferral(5, "fra", 9), "timed out");
        try (var written = Files.list(dir.resolve("deferrals"))) {
            for (Path file : written.toList()) {
                Files.write(file, new byte[0]);
            }
        }

        assertThat(Deferrals.load(folder, files).of(5)).containsExactly("fra");
    }

    @Test
    void aFileThatIsNoDeferralIsRefused() {
        files.write(folder + "/readme", "");

        assertThatThrownBy(() -> Deferrals.load(folder, files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a deferral: readme");
    }

    @Test
    void whoWasNeverDeferredDoesNotRest() {
        assertThat(deferrals().restUntil("fra", NOW)).isEqualTo(Instant.MIN);
        assertThat(deferrals(minutesAgo(1)).restUntil("nyc", NOW)).isEqualTo(Instant.MIN);
        assertThat(deferrals(minutesAgo(1)).recent("nyc", NOW)).isZero();
    }

    @Test
    void theRestDoublesWithEachDeferralUpToTenMinutes() {
        Instant last = NOW.minus(Duration.ofMinutes(1));

        assertThat(restAfter(1)).isEqualTo(last.plusSeconds(20));
        assertThat(restAfter(2)).isEqualTo(last.plusSeconds(40));
        assertThat(restAfter(5)).isEqualTo(last.plusSeconds(320));
        assertThat(restAfter(6)).isEqualTo(last.plusSeconds(600));
        assertThat(restAfter(60)).isEqualTo(last.plusSeconds(600));
    }

    @Test
    void whatIsLongAgoOrToComeSaysNothing() {
        Deferrals deferrals = deferrals(minutesAgo(31), minutesAgo(-5), minutesAgo(2));

        assertThat(deferrals.recent("fra", NOW)).isEqualTo(1);
        assertThat(deferrals.restUntil("fra", NOW))
                .isEqualTo(NOW.minus(Duration.ofMinutes(2)).plusSeconds(20));
    }

    @Test
    void whatIsCommittedAndLongAgoIsForgotten() {
        record(5, minutesAgo(31));
        record(6, minutesAgo(1));
        record(7, minutesAgo(31));

        Deferrals.forget(folder, files, 6, NOW);

        Deferrals left = Deferrals.load(folder, files);
        assertThat(left.of(5)).isEmpty();
        assertThat(left.of(6)).containsExactly("fra");
        assertThat(left.of(7)).containsExactly("fra");
    }

    private void record(long arrival, long at) {
        Deferrals.record(folder, files, new Deferral(arrival, "fra", at), "");
    }

    private static Instant restAfter(int deferrals) {
        long[] at = new long[deferrals];
        Arrays.fill(at, minutesAgo(1));
        return deferrals(at).restUntil("fra", NOW);
    }

    private static Deferrals deferrals(long... at) {
        return new Deferrals(Arrays.stream(at)
                .mapToObj(millis -> new Deferral(millis, "fra", millis))
                .toList());
    }

    private static long minutesAgo(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes)).toEpochMilli();
    }
}
