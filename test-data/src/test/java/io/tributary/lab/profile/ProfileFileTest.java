package io.tributary.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {

    private static final Path FOLDER =
            ProjectRoot.find().dir().resolve("test-data").resolve("profiles");

    @TempDir
    private Path dir;

    @Test
    void everyProfileOfTheProjectCanBeUsedAndSaysWhatItDecides() {
        assertThat(ProfileFile.names(FOLDER))
                .contains(
                        "smoke",
                        "steady",
                        "staircase",
                        "bursts",
                        "lagging-site",
                        "duplicate-storm",
                        "poison",
                        "catch-up");
        assertThat(ProfileFile.names(FOLDER)).allSatisfy(name -> {
            Profile profile = ProfileFile.read(name, FOLDER);
            assertThat(profile.decides()).endsWith("?");
            assertThat(profile.records()).isPositive();
        });
    }

    @Test
    void allKeysAreRead() {
        Profile profile = parse("""
                description: All of it.
                decides: Does it work?
                data_centers: 2
                warm_up: 2s
                text: 5-10
                repeat: 2
                phases:
                  - {name: one, for: 10s, rate: 101, shares: {duplicates: 50%, backdated: 2.5%, malformed: 1%}}
                  - {name: two, for: 5s, rates: {dc2: 7}}
                faults:
                  - {what: merge_killed, at: 20s}
                  - {what: cluster_frozen, at: 3s, for: 4s, data_center: dc2}
                objectives: {freshness_p99: 60s, lag: flat, ratio: 1.5, recovery: 30s, returns: 40s, cpu_per_million: 25.5}
                """);

        assertThat(profile.dataCenters()).containsExactly("dc1", "dc2");
        assertThat(profile.text()).isEqualTo(new TextSize(5, 10));
        assertThat(profile.phases()).extracting(Phase::name).containsExactly("one", "two", "one", "two");
        assertThat(profile.phases().get(0).rates()).containsEntry("dc1", 51).containsEntry("dc2", 50);
        assertThat(profile.phases().get(0).shares()).isEqualTo(new Shares(0.5, 0.025, 0.01));
        assertThat(profile.phases().get(1).rate()).isEqualTo(7);
        assertThat(profile.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(profile.beginOf(3)).isEqualTo(Duration.ofSeconds(25));
        assertThat(profile.records()).isEqualTo(2 * (1010 + 35));
        assertThat(profile.faults())
                .containsExactly(
                        new ProfileFault(
                                ProfileFault.Kind.CLUSTER_FROZEN,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Optional.of("dc2")),
                        new ProfileFault(
                                ProfileFault.Kind.MERGE_KILLED,
                                Duration.ofSeconds(20),
                                Duration.ZERO,
                                Optional.empty()));
        assertThat(profile.needsClustersApart()).isTrue();
        assertThat(profile.targets())
                .isEqualTo(new Targets(
                        Optional.of(Duration.ofSeconds(60)),
                        true,
                        Optional.of(1.5),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(Duration.ofSeconds(40)),
                        Optional.of(25.5)));
    }

    @Test
    void whatIsLeftOutHasADefault() {
        Profile profile = parse("""
                description: The least.
                decides: Does it work?
                phases: [{name: one, for: 10s, rate: 30}]
                """);

        assertThat(profile.dataCenters()).containsExactly("dc1", "dc2", "dc3");
        assertThat(profile.phases().get(0).shares()).isEqualTo(new Shares(0.10, 0.05, 0.01));
        assertThat(profile.warmUp()).isZero();
        assertThat(profile.faults()).isEmpty();
        assertThat(profile.needsClustersApart()).isFalse();
        assertThat(profile.targets())
                .isEqualTo(new Targets(
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void noTwoPhasesSendTheSameEvents() {
        Profile profile = parse("""
                description: Twice the same.
                decides: Does it work?
                repeat: 2
                phases: [{name: one, for: 10s, rates: {dc1: 20, dc3: 10}}, {name: silence, for: 1s, rate: 0}]
                """);

        LoadSpec first = profile.load(0, 7).orElseThrow();
        LoadSpec again = profile.load(2, 7).orElseThrow();
        assertThat(profile.load(1, 7)).isEmpty();
        assertThat(first.weights()).containsExactly(20, 0, 10);
        assertThat(first.lastLags()).isFalse();
        assertThat(first.run()).isNotEqualTo(again.run());
        assertThat(first.seed()).isNotEqualTo(again.seed());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> parse("""
                        decides: Does it work?
                        data_centers: 2
                        warm_up: 1h
                        phases:
                          - {name: one, for: 10s, rate: 10, rates: {dc1: 1}}
                          - {name: two, for: 10s, rates: {dc3: 1}, shares: {duplicates: 0.5}}
                        faults:
                          - {what: cluster_frozen, at: 3s}
                          - {what: merge_killed, at: 4s, for: 2s, data_center: dc1}
                          - {what: site_silent, at: 18s, for: 9s, data_center: dc1}
                          - {what: cluster_eaten, at: 19s}
                        objectives: {freshness: 60s, ratio: high}
                        """))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("description")
                .hasMessageContaining("nothing would be measured")
                .hasMessageContaining("one of the two")
                .hasMessageContaining("phases[1].rates.dc3")
                .hasMessageContaining("\"0.5\" is no share; write percent, such as 10%")
                .hasMessageContaining("cluster_frozen lasts; say how long")
                .hasMessageContaining("cluster_frozen is done to one; name it")
                .hasMessageContaining("merge_killed is over at once; leave it out")
                .hasMessageContaining("merge_killed is done to a job; leave it out")
                .hasMessageContaining("the fault would outlast the load, which ends after 20 s")
                .hasMessageContaining("\"cluster_eaten\" is not a choice here")
                .hasMessageContaining("objectives.freshness")
                .hasMessageContaining("\"high\" is no number");
    }

    @Test
    void twoFaultsAtOnceAreRefused() {
        assertThatThrownBy(() -> parse("""
                        description: Two at once.
                        decides: Which was it?
                        phases: [{name: one, for: 60s, rate: 10}]
                        faults:
                          - {what: ingest_frozen, at: 3s, for: 10s}
                          - {what: merge_killed, at: 5s}
                        """))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the one at 5 s begins before the one before it is over");
    }

    @Test
    void aProfileThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("profiles"));
        Files.writeString(folder.resolve("calm.yaml"), "");
        assertThatThrownBy(() -> ProfileFile.read("storm", folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\"storm\" is neither a profile nor a file. The profiles are calm;");
    }

    private Profile parse(String yaml) {
        try {
            Path file = Files.writeString(dir.resolve("own.yaml"), yaml);
            Profile profile = ProfileFile.read(file.toString(), dir);
            assertThat(List.of(profile.name(), profile.yaml())).containsExactly("own", yaml);
            return profile;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
