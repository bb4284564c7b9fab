package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenters;
import io.tributary.config.DedupScope;
import io.tributary.lab.evaluate.Comparison;
import io.tributary.lab.evaluate.Exempt;
import io.tributary.lab.evaluate.GroundTruth;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.IdentityHash;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WantedRecordsTest {

    private static final Map<String, String> CLUSTERS =
            Map.of("dc1", "127.0.0.1:1001", "dc3", "127.0.0.1:1003", "dc4", "127.0.0.1:1004");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String SALT = "00ff";

    private final GroundTruth truth = new GroundTruth(Duration.ofSeconds(1));
    private String dataCenters = entry("dc1", 1001, "");
    private ReadProgress read = ReadProgress.EMPTY;
    private Map<TopicPartitionId, Long> begins = Map.of();
    private Map<String, Set<Coordinates>> replayed = Map.of();
    private Map<String, Long> begunReplays = Map.of();
    private SortedMap<Long, Boolean> refusedRead = new TreeMap<>();
    private ErasedEvents erased = ErasedEvents.NONE;
    private Set<Coordinates> rejectedErased = Set.of();

    @Test
    void everyRecordOfADataCenterThatIsReadIsWantedHoweverFarReadingHasCome() {
        read = read("dc1", "dc1", 5);
        WantedRecords wanted = after(event("dc1", 4, "a"), event("dc1", 5, "b"), event("dc1", 1_000, "c"));

        assertThat(missing()).containsExactly(event("a"), event("b"), event("c"));
        assertThat(wanted.exempt()).isEqualTo(Exempt.NOTHING);
    }

    @Test
    void anAddedDataCenterIsWantedFromItsFirstRecordOnAlsoIfNothingOfItWasRead() {
        dataCenters = entry("dc1", 1001, "") + entry("dc4", 1004, "");
        after(event("dc4", 0, "a"));

        assertThat(missing()).containsExactly(event("a"));
    }

    @Test
    void ofADataCenterThatWasNeverAddedNothingIsWanted() {
        WantedRecords wanted = after(event("dc4", 0, "a"), event("dc1", 0, "b"));

        assertThat(missing()).containsExactly(event("b"));
        assertThat(wanted.exempt()).isEqualTo(new Exempt(0, 1, 0, 0));
        assertThat(truth.sent()).containsOnlyKeys("dc1");
    }

    @Test
    void ofARemovedDataCenterWhatWasReadIsWantedAndWhatCameLaterIsNot() {
        read = read("dc3", "dc3", 5, new OffsetRange(partition("dc3"), 2, 3));
        WantedRecords wanted = after(
                event("dc3", 1, "read"), event("dc3", 2, "waits"), event("dc3", 4, "last"), event("dc3", 5, "later"));

        assertThat(missing()).containsExactly(event("read"), event("last"));
        assertThat(wanted.exempt()).isEqualTo(new Exempt(0, 2, 0, 0));
        assertThat(new Comparison(truth)).satisfies(comparison -> {
            show(comparison, "later");
            assertThat(comparison.unexpected().count()).isEqualTo(1);
        });
    }

    @Test
    void aPausedDataCenterIsReadAgainWhenItsPauseEnds() {
        read = read("dc1", "dc1", 1);
        dataCenters = entry("dc1", 1001, "    state: paused\n    paused_until: 2026-03-01T08:00:01Z\n");
        assertThat(after(event("dc1", 0, "a"), event("dc1", 1, "b")).exempt().unread())
                .isEqualTo(1);
        dataCenters = entry("dc1", 1001, "    state: paused\n    paused_until: 2026-03-01T08:00:00Z\n");
        assertThat(after(event("dc1", 1, "b")).exempt().unread()).isZero();
    }

    @Test
    void whoBeginsAtTheEndIsWantedFromThereOn() {
        dataCenters = entry("dc4", 1004, "    start: latest\n");
        read = read("dc4", "dc4", 9);
        begins = Map.of(partition("dc4"), 7L);
        WantedRecords wanted = after(event("dc4", 6, "before"), event("dc4", 7, "a"), event("dc4", 9, "b"));

        assertThat(missing()).containsExactly(event("a"), event("b"));
        assertThat(wanted.exempt().unread()).isEqualTo(1);
    }

    @Test
    void aClusterIsReadUnderTheNameThatTheOperatorGaveIt() {
        dataCenters = entry("berlin", 1004, "").replace("127.0.0.1", "localhost");
        Coordinates at = new Coordinates("dc4", "events", "topic-dc4", 0, 3);
        after(event("dc4", 2, "a"), SentRecord.malformed(at));

        assertThat(truth.sent()).containsExactly(Map.entry("berlin", new SentCounts(1, 0, 1)));
        Comparison comparison = new Comparison(truth);
        comparison.quarantined(at.of("berlin"));
        assertThat(comparison.wronglyQuarantined().count()).isZero();
        assertThat(comparison.notQuarantined().count()).isZero();
    }

    @Test
    void aWrongAddressIsNoneOfTheRuns() {
        dataCenters = entry("dc1", 1001, "") + entry("dc5", 1, "");

        assertThat(readers().toBeRead(Map.of(partition("dc1"), 7L, partition("dc3"), 8L)))
                .containsExactly(Map.entry(partition("dc1"), 7L));
    }

    @Test
    void anErasedEventMustNotShowAndNobodyMissesIt() {
        erased = ErasedEvents.of(List.of(erasure("a")));
        WantedRecords wanted = after(event("dc1", 0, "a"), event("dc1", 1, "b"), event("dc1", 2, "a"));

        assertThat(missing()).containsExactly(event("b"));
        assertThat(wanted.erased()).containsExactly(event("a"));
        assertThat(wanted.exempt()).isEqualTo(new Exempt(0, 0, 1, 0));
        Comparison comparison = new Comparison(truth);
        show(comparison, "a");
        assertThat(comparison.erasedShown().count()).isEqualTo(1);
    }

    @Test
    void anErasureOfAnEventThatWasNeverSentChangesNothing() {
        erased = ErasedEvents.of(List.of(erasure("other")));

        assertThat(after(event("dc1", 0, "a")).exempt()).isEqualTo(Exempt.NOTHING);
        assertThat(missing()).containsExactly(event("a"));
    }

    @Test
    void aRejectedRecordThatWasErasedIsNotWantedInTheQuarantine() {
        SentRecord malformed = SentRecord.malformed(at("dc1", 0));
        rejectedErased = Set.of(malformed.coordinates());

        assertThat(after(malformed, SentRecord.malformed(at("dc1", 1))).exempt())
                .isEqualTo(new Exempt(0, 0, 0, 1));
        assertThat(new Comparison(truth).notQuarantined().examples())
                .containsExactly(at("dc1", 1).fingerprint());
    }

    @Test
    void aRefusedRecordIsWantedOnceItWasReplayedByAConfigurationThatReadsIt() {
        SentRecord refused = SentRecord.refused(at("dc1", 0), sent("a"));
        replayed = Map.of("one", Set.of(refused.coordinates()));
        after(refused);
        assertThat(missing()).as("no configuration reads it").isEmpty();

        refusedRead = new TreeMap<>(Map.of(0L, false, 1_000L, true, 2_000L, false));
        begunReplays = Map.of("one", 999L);
        after(refused);
        assertThat(missing()).as("replayed before").isEmpty();

        begunReplays = Map.of("one", 1_000L);
        after(SentRecord.refused(at("dc1", 1), sent("not asked for")), refused);
        assertThat(missing()).containsExactly(event("a"));
        assertThat(new Comparison(truth).notQuarantined().count())
                .as("it stays in the quarantine")
                .isEqualTo(2);
    }

    private WantedRecords after(SentRecord... records) {
        Orders orders = new Orders(
                readers(),
                erased,
                rejectedErased,
                true,
                List.of(),
                replayed,
                refusedRead,
                new OrderProgress(begins, begunReplays, new TreeMap<>(), new TreeMap<>()));
        WantedRecords wanted = new WantedRecords(AbandonedTopics.NONE, orders, read, truth);
        List.of(records).forEach(wanted::add);
        return wanted;
    }

    private Readers readers() {
        return Readers.of(DataCenters.parse("data_centers:\n" + dataCenters, "test"), CLUSTERS, NOW);
    }

    private List<Fingerprint> missing() {
        return new Comparison(truth).missing().examples();
    }

    private static void show(Comparison comparison, String id) {
        comparison.visible(event(id).high(), event(id).low(), 1, 1);
    }

    private static Fingerprint event(String id) {
        return Identity.global(id).fingerprint();
    }

    private static SentRecord event(String dataCenter, long offset, String id) {
        return SentRecord.event(Kind.EVENT, at(dataCenter, offset), sent(id));
    }

    private static SentEvent sent(String id) {
        return new SentEvent(Identity.global(id), 1, 1);
    }

    private static Coordinates at(String dataCenter, long offset) {
        return new Coordinates(dataCenter, "events", "topic-" + dataCenter, 0, offset);
    }

    private static TopicPartitionId partition(String dataCenter) {
        return new TopicPartitionId(dataCenter, "events", 0);
    }

    private static ReadProgress read(String name, String cluster, long position, OffsetRange... pending) {
        return new ReadProgress(
                new PartitionOffsets(new TreeMap<>(Map.of(partition(name), position))),
                new TreeSet<>(List.of(pending)),
                new TreeMap<>(
                        Map.of(TopicName.of(partition(name)), TopicIdentity.first("cluster", "topic-" + cluster))),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static ErasureRequest erasure(String id) {
        return new ErasureRequest(
                1,
                NOW,
                "an operator",
                "a request",
                "1 event",
                Duration.ofDays(1),
                DedupScope.GLOBAL,
                SALT,
                Set.of(IdentityHash.of(HexFormat.of().parseHex(SALT), DedupScope.GLOBAL.identity("dc1", id))),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static String entry(String name, int port, String more) {
        return "  - name: " + name + "\n    bootstrap_servers: \"127.0.0.1:" + port + "\"\n    topics: [events]\n"
                + (more.contains("start:") ? "" : "    start: earliest\n") + more;
    }
}
