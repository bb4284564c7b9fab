package io.tributary.operations.datacenter.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.audit.DataCenterBalance;
import io.tributary.audit.GeneratedLake;
import io.tributary.config.PipelineConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lab.fixtures.MutableClock;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.Lake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {

    private static final TopicPartitionId FRA = new TopicPartitionId("fra", "events", 0);
    private static final Duration TIMEOUT = Duration.ofHours(1);

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock();
    private final GeneratedLake generated = new GeneratedLake().batch(10, 2);
    private final Deque<Runnable> happenings = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void aDataCenterIsDrainedWhenAllIsReadMergedAndAudited() throws InterruptedException {
        happenings.add(() -> {});
        happenings.add(() -> generated.batch(20, 0));
        happenings.add(() -> {});
        happenings.add(generated::merge);

        DataCenterBalance account = drain().await(goal(134), TIMEOUT);

        assertThat(happenings).isEmpty();
        assertThat(told)
                .containsExactly(
                        "21 offsets are still to be read", "all is read; 30 staged rows wait for the next merge");
        assertThat(account.total().read()).isEqualTo(34);
        assertThat(account.merged()).isEqualTo(29);
        assertThat(account.imbalance()).isZero();
        String text = certificate(account).text();
        assertThat(text.lines())
                .containsExactly(
                        "certificate: data center fra is drained",
                        "lake " + lake().root(),
                        "brokers asked 2026-01-31T08:00:00Z, all of it merged and audited 2026-01-31T08:00:20Z",
                        "events-0: offsets 100 to 134 without a gap; asked for up to 134",
                        "read 34 = staged 30 + duplicate 2 + quarantined 2",
                        "staged 30 = merged 29 + duplicates 1 + not merged 0",
                        "balance 0",
                        "first event 2026-01-01T00:00:00Z, last event ?",
                        "events_staging version 2",
                        "events_quarantine version 1",
                        "events_merged version 1",
                        "sha256 " + certificate(account).digest());
    }

    @Test
    void theDigestIsOfTheLinesBeforeIt() throws Exception {
        generated.merge();
        DrainCertificate certificate = certificate(drain().await(goal(113), TIMEOUT));

        String text = certificate.text();
        byte[] before = text.substring(0, text.indexOf("sha256 ")).getBytes(StandardCharsets.UTF_8);
        assertThat(certificate.digest())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(before)));
        assertThat(certificate.json())
                .contains("\"balance\" : 0", "\"sha256\" : \"" + certificate.digest(), "\"drained_until\" : {");
    }

    @Test
    void whatIsNotDrainedInTimeIsToldWithWhatIsMissing() {
        assertThatThrownBy(() -> drain().await(goal(134), Duration.ofMinutes(1)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("fra is not drained: 21 offsets are still to be read")
                .hasMessageContaining("it goes on from where it is");
        assertThatThrownBy(() -> drain().await(goal(113), Duration.ofMinutes(1)))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("its staged rows are not merged. Look whether the merge job runs");
    }

    @Test
    void whatDoesNotBalanceIsNotCertified() throws Exception {
        generated.merge();
        Path commit = dir.resolve("lake/events_staging/_delta_log/00000000000000000001.json");
        Drain drain = drain();
        Files.writeString(commit, Files.readString(commit).replace("\"numRecords\\\":20", "\"numRecords\\\":19"));

        assertThatThrownBy(() -> drain.await(goal(113), TIMEOUT))
                .isInstanceOf(OperatorActionException.class)
                .hasMessageContaining("the audit does not balance")
                .hasMessageContaining("events_staging version 1: the rows of a commit are not those");
    }

    @Test
    void whatIsPendingBelowTheGoalIsNotRead() {
        ReadProgress read = new ReadProgress(
                new PartitionOffsets(new TreeMap<>(Map.of(FRA, 150L))),
                new TreeSet<>(List.of(new OffsetRange(FRA, 120, 140))));

        assertThat(goal(134).left(read)).isEqualTo(14);
        assertThat(goal(100).left(read)).isZero();
        assertThat(goal(134).beyond(new PartitionOffsets(new TreeMap<>(Map.of(FRA, 140L, part(1), 3L)))))
                .isEqualTo(9);
    }

    @Test
    void aPartitionInWhichNothingIsToBeReadIsNoGoal() {
        PartitionOffsets ends = new PartitionOffsets(new TreeMap<>(Map.of(FRA, 10L, part(1), 5L, part(2), 5L)));
        PartitionOffsets starts = new PartitionOffsets(new TreeMap<>(Map.of(FRA, 10L, part(1), 5L, part(2), 4L)));
        ReadProgress read = new ReadProgress(new PartitionOffsets(new TreeMap<>(Map.of(FRA, 10L))), new TreeSet<>());

        assertThat(DrainGoal.of("fra", new OffsetBounds(starts, ends, starts), read)
                        .until()
                        .offsets())
                .containsOnlyKeys(FRA, part(2));
    }

    private static TopicPartitionId part(int partition) {
        return new TopicPartitionId("fra", "events", partition);
    }

    private static DrainGoal goal(long until) {
        return new DrainGoal("fra", new PartitionOffsets(new TreeMap<>(Map.of(FRA, until))));
    }

    private DrainCertificate certificate(DataCenterBalance account) {
        return new DrainCertificate(
                lake().root(),
                goal(134),
                Instant.parse("2026-01-31T08:00:00Z"),
                clock.instant(),
                account,
                new EventTimes(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), Optional.empty()));
    }

    private Lake lake() {
        return Lake.of(Optional.of(dir.resolve("lake").toString()), PipelineConfig.defaults());
    }

    private Drain drain() {
        generated.write(dir.resolve("lake"));
        return new Drain(
                lake(),
                new Configuration(),
                clock,
                duration -> {
                    clock.forward(duration);
                    if (!happenings.isEmpty()) {
                        happenings.remove().run();
                        generated.write(dir.resolve("lake"));
                    }
                },
                told::add);
    }
}
