package io.tributary.ingest.read;

import static io.tributary.lab.fixtures.SourceFixtures.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.ingest.format.RegistryUnavailableException;
import io.tributary.ingest.read.RecordFetcher.Fetched;
import io.tributary.offsets.TopicIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFetcherTest {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final ReadLimits LIMITS =
            new ReadLimits(Duration.ofSeconds(10), Duration.ofSeconds(6), Long.MAX_VALUE, false);

    private final AtomicLong nanos = new AtomicLong();
    private final Log log = new Log();

    /** Kafka's own stand-in for a consumer, over logs with damaged batches, holes and mute partitions. */
    private final class Log extends MockConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Map<Long, Long>> damaged = new HashMap<>();
        private final Map<TopicPartition, TreeMap<Long, byte[]>> records = new HashMap<>();
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private final Set<TopicPartition> mute = new HashSet<>();
        private RuntimeException failure;
        private RuntimeException positionFailure;
        private final Set<Long> huge = new HashSet<>();
        private int maxRecords = Integer.MAX_VALUE;
        private int maxBytes = Integer.MAX_VALUE;
        private boolean isBrokerOutOfMemory;

        Log() {
            super(OffsetResetStrategy.NONE);
        }

        void append(int partition, int count) {
            TreeMap<Long, byte[]> own = records.computeIfAbsent(id(partition), key -> new TreeMap<>());
            long end = ends.getOrDefault(id(partition), 0L);
            for (long offset = end; offset < end + count; offset++) {
                own.put(offset, ("value " + offset).getBytes(StandardCharsets.UTF_8));
            }
            ends.put(id(partition), end + count);
        }

        /** Offsets that hold no record. */
        void hole(int partition, int count) {
            records.computeIfAbsent(id(partition), key -> new TreeMap<>());
            ends.merge(id(partition), (long) count, Long::sum);
        }

        /** One record batch. */
        void damage(int partition, long from, long until) {
            for (long offset = from; offset < until; offset++) {
                damaged.computeIfAbsent(id(partition), key -> new HashMap<>()).put(offset, from);
            }
        }

        /** The client is reopened, and this log serves the new one. */
        @Override
        public synchronized void close(Duration timeout) {}

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (isBrokerOutOfMemory) {
                throw new OutOfMemoryError("Java heap space");
            }
            return Map.of();
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            if (positionFailure != null && partition.equals(id(1))) {
                throw positionFailure;
            }
            return super.position(partition, timeout);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            nanos.addAndGet(POLL.toNanos());
            if (failure != null) {
                RuntimeException thrown = failure;
                failure = null;
                throw thrown;
            }
            if (isBrokerOutOfMemory) {
                throw new OutOfMemoryError("Java heap space");
            }
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();
            int size = 0;
            int left = maxRecords;
            for (TopicPartition partition : assignment()) {
                if (paused().contains(partition) || mute.contains(partition)) {
                    continue;
                }
                List<ConsumerRecord<byte[], byte[]>> own = new ArrayList<>();
                long next = position(partition);
                for (; next < ends.getOrDefault(partition, 0L) && left > 0; next++) {
                    if (damaged.getOrDefault(partition, Map.of()).containsKey(next)) {
                        break;
                    }
                    byte[] value = records.get(partition).get(next);
                    if (partition.partition() == 0 && huge.contains(next)) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    size += value == null ? 0 : value.length;
                    if (size > maxBytes) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    if (value != null) {
                        own.add(new ConsumerRecord<>(partition.topic(), partition.partition(), next, null, value));
                        left--;
                    }
                }
                if (own.isEmpty()
                        && damaged.getOrDefault(partition, Map.of()).containsKey(next)
                        && next == position(partition)) {
                    throw new KafkaException(
                            "Received exception when fetching the next record",
                            new KafkaException("Record batch for partition " + partition + " at offset "
                                    + damaged.get(partition).get(next) + " is invalid, cause: Record is corrupt"));
                }
                seek(partition, next);
                polled.put(partition, own);
            }
            return new ConsumerRecords<>(polled);
        }
    }

    @Test
    void rangesAreReadSideBySideAndNotBeyondTheirEnds() {
        log.append(0, 10);
        log.append(1, 10);
        List<RangeProgress> ranges = progress(range(0, 2, 5), range(1, 0, 10));

        assertThat(offsets(fetchAll(ranges, LIMITS)))
                .containsExactlyInAnyOrder(
                        "0:2", "0:3", "0:4", "1:0", "1:1", "1:2", "1:3", "1:4", "1:5", "1:6", "1:7", "1:8", "1:9");
        assertThat(ranges).noneMatch(RangeProgress::isCut);
    }

    @Test
    void whatWasPolledBeyondARangeServesTheNextOne() {
        log.append(0, 10);
        RangeConsumer consumer = consumer();
        fetchAll(consumer, progress(range(0, 0, 4)), LIMITS);
        log.records.get(id(0)).clear();

        assertThat(offsets(fetchAll(consumer, progress(range(0, 4, 10)), LIMITS)))
                .containsExactly("0:4", "0:5", "0:6", "0:7", "0:8", "0:9");
    }

    @Test
    void aRangeThatBeginsElsewhereIsSought() {
        log.append(0, 10);
        RangeConsumer consumer = consumer();
        fetchAll(consumer, progress(range(0, 0, 4)), LIMITS);

        assertThat(offsets(fetchAll(consumer, progress(range(0, 2, 5)), LIMITS)))
                .containsExactly("0:2", "0:3", "0:4");
    }

    @Test
    void offsetsWithoutARecordEndARangeAsWell() {
        log.append(0, 2);
        log.hole(0, 5);
        List<RangeProgress> ranges = progress(range(0, 0, 7));

        assertThat(offsets(fetchAll(ranges, LIMITS))).containsExactly("0:0", "0:1");
        assertThat(ranges.get(0).isCut()).isFalse();
    }

    @Test
    void damagedRecordsAreFoundAndAllElseIsRead() {
        log.append(0, 100);
        log.append(1, 5);
        log.damage(0, 17, 18);
        log.damage(0, 40, 53);
        List<RangeProgress> ranges = progress(range(0, 0, 100), range(1, 0, 5));

        List<Fetched> fetched = fetchAll(ranges, LIMITS);

        assertThat(fetched).hasSize(105);
        assertThat(fetched.stream().filter(one -> one.record() == null).map(Fetched::offset))
                .containsExactlyInAnyOrder(17L, 40L, 41L, 42L, 43L, 44L, 45L, 46L, 47L, 48L, 49L, 50L, 51L, 52L);
        assertThat(fetched.stream().filter(one -> one.record() == null))
                .allMatch(one -> one.range().range().partition() == 0
                        && one.error()
                                .equals("KafkaException: Record batch for partition events-0 at offset "
                                        + (one.offset() == 17 ? 17 : 40) + " is invalid, cause: Record is corrupt"));
        assertThat(ranges).noneMatch(RangeProgress::isCut);
    }

    @Test
    void damageAtTheEndOfARangeIsFound() {
        log.append(0, 10);
        log.damage(0, 8, 10);

        List<Fetched> fetched = fetchAll(progress(range(0, 0, 10)), LIMITS);

        assertThat(fetched.stream().filter(one -> one.record() == null).map(Fetched::offset))
                .containsExactly(8L, 9L);
    }

    @Test
    void goodRecordsBetweenDamagedBatchesAreRead() {
        log.append(0, 100);
        log.damage(0, 10, 13);
        log.damage(0, 14, 19);
        log.damage(0, 19, 20);
        log.damage(0, 21, 40);
        log.damage(0, 41, 80);

        assertThat(offsets(fetchAll(progress(range(0, 0, 100)), LIMITS).stream()
                        .filter(one -> one.record() != null)
                        .filter(one -> one.offset() >= 10 && one.offset() < 81)
                        .toList()))
                .containsExactly("0:13", "0:20", "0:40", "0:80");
    }

    @Test
    void whereNothingCanBeReadNothingIsQuarantined() {
        log.append(0, 50_000);
        for (int batch = 0; batch < 500; batch++) {
            log.damage(0, batch * 100L, batch * 100L + 100);
        }
        List<RangeProgress> ranges = progress(range(0, 0, 50_000));

        assertThat(fetchAll(ranges, LIMITS)).isEmpty();
        assertThat(ranges.get(0).isUntouched()).isTrue();
        assertThat(ranges.get(0).error()).contains("Record batch for partition events-0 at offset 0 is invalid");
    }

    @Test
    void recordsThatDoNotFitIntoMemoryTogetherAreReadOneAfterTheOther() {
        log.append(0, 10);
        log.append(1, 10);
        log.maxBytes = 20;
        List<RangeProgress> ranges = progress(range(0, 0, 10), range(1, 0, 10));

        assertThat(fetchAll(ranges, LIMITS)).hasSize(20).allMatch(one -> one.record() != null);
        assertThat(ranges).noneMatch(RangeProgress::isCut);
    }

    @Test
    void aRecordThatDoesNotFitIntoMemoryAloneIsFoundAndAllElseIsRead() {
        log.append(0, 10);
        log.append(1, 10);
        log.huge.add(4L);

        List<Fetched> fetched = fetchAll(progress(range(0, 0, 10), range(1, 0, 10)), LIMITS);

        assertThat(fetched).hasSize(20);
        assertThat(fetched.stream().filter(one -> one.record() == null))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.range().range().partition()).isZero();
                    assertThat(one.offset()).isEqualTo(4);
                    assertThat(one.error()).isEqualTo("OutOfMemoryError: Java heap space");
                });
    }

    @Test
    void aBrokerThatUsesUpTheMemoryIsInTroubleAndItsRecordsAreNotQuarantined() {
        log.append(0, 10);
        log.isBrokerOutOfMemory = true;
        List<RangeProgress> ranges = progress(range(0, 0, 10));

        assertThat(fetchAll(ranges, LIMITS)).isEmpty();
        assertThat(ranges.get(0).isUntouched()).isTrue();
        assertThat(ranges.get(0).error()).isEqualTo("OutOfMemoryError: Java heap space");
    }

    @Test
    void nothingIsTakenFromAnotherClusterThanTheOneThatWasPlanned() {
        log.append(0, 10);
        RangeConsumer consumer = new RangeConsumer(new ConsumerOptions("fra", Map.of()), (options, budget) -> {
            ((ClusterResourceListener) budget.keys()).onUpdate(new ClusterResource("theirs"));
            return log;
        });
        RangeReadTask planned = RangeReadTask.of(range(0, 0, 10), RangeReadTask.UNKNOWN_EPOCH);
        RangeProgress ours = new RangeProgress(planned.of(Optional.of(TopicIdentity.first("ours", "id"))));
        RangeProgress theirs = new RangeProgress(planned.of(Optional.of(TopicIdentity.first("theirs", "id"))));
        RangeProgress unknown =
                new RangeProgress(planned.of(Optional.of(TopicIdentity.first(TopicIdentity.UNTOLD, "id"))));

        assertThat(fetchAll(consumer, List.of(ours), LIMITS)).isEmpty();
        assertThat(ours.isUntouched()).isTrue();
        assertThat(ours.error())
                .contains("reached cluster theirs", "the offsets are of cluster ours", "bootstrap_servers");
        assertThat(fetchAll(consumer, List.of(theirs), LIMITS)).hasSize(10);
        assertThat(fetchAll(consumer, List.of(unknown), LIMITS)).hasSize(10);
    }

    @Test
    void aMutePartitionIsInTroubleAndTheOthersAreRead() {
        log.append(0, 10);
        log.append(1, 10);
        log.mute.add(id(1));
        List<RangeProgress> ranges = progress(range(0, 0, 10), range(1, 0, 10));

        assertThat(fetchAll(ranges, LIMITS)).hasSize(10);
        assertThat(ranges.get(0).isCut()).isFalse();
        assertThat(ranges.get(1).isCut()).isTrue();
        assertThat(ranges.get(1).error()).isEqualTo("no record came within 6 s");
    }

    @Test
    void whoStopsInTheMiddleKeepsWhatCameAndIsInNoTrouble() {
        log.append(0, 10);
        List<RangeProgress> ranges = progress(range(0, 0, 50), range(1, 0, 50));

        assertThat(fetchAll(ranges, LIMITS)).hasSize(10);
        assertThat(ranges).extracting(RangeProgress::position).containsExactly(10L, 0L);
        assertThat(ranges).allMatch(range -> range.isCut() && range.error() == null);
    }

    @Test
    void theTimeEndsAReadingThatGoesOnAndOn() {
        log.append(0, 1000);
        log.maxRecords = 1;
        List<RangeProgress> ranges = progress(range(0, 0, 1000));

        assertThat(fetchAll(ranges, LIMITS)).hasSize(101);
        assertThat(ranges.get(0).position()).isEqualTo(101);
        assertThat(ranges.get(0).error()).isNull();
    }

    @Test
    void theMemoryEndsAReading() {
        log.append(0, 10);
        log.maxRecords = 2;
        ReadLimits small = new ReadLimits(Duration.ofSeconds(10), Duration.ofSeconds(6), 20, false);

        assertThat(fetchAll(progress(range(0, 0, 10)), small)).hasSize(4);
    }

    @Test
    void anOffsetThatIsGoneEndsItsRangeAlone() {
        log.append(0, 10);
        log.append(1, 10);
        log.failure = new OffsetOutOfRangeException(Map.of(id(0), 0L));
        List<RangeProgress> ranges = progress(range(0, 0, 10), range(1, 0, 10));

        assertThat(fetchAll(ranges, LIMITS)).hasSize(10);
        assertThat(ranges.get(0).isUntouched()).isTrue();
        assertThat(ranges.get(0).error()).startsWith("OffsetOutOfRangeException: ");
        assertThat(ranges.get(1).isCut()).isFalse();
    }

    @Test
    void aForbiddenTopicEndsItsRangesAlone() {
        log.append(0, 10);
        log.failure = new TopicAuthorizationException(Set.of("other"));
        List<RangeProgress> ranges = progress(range(0, 0, 10));
        fetchAll(ranges, LIMITS);
        assertThat(ranges.get(0).error()).contains("Not authorized to access topics: [other]");

        log.failure = new TopicAuthorizationException(Set.of("events"));
        List<RangeProgress> forbidden = progress(range(0, 0, 10));
        fetchAll(forbidden, LIMITS);
        assertThat(forbidden.get(0).error()).contains("Not authorized to access topics: [events]");
    }

    @Test
    void anythingElseIsTheDataCentersTroubleAndKeepsWhatCame() {
        log.append(0, 10);
        log.maxRecords = 3;
        RangeConsumer consumer = consumer();
        List<RangeProgress> ranges = progress(range(0, 0, 10));
        RecordFetcher fetcher = new RecordFetcher(consumer, ranges, LIMITS, record -> {}, nanos::get);
        assertThat(fetcher.fetch()).hasSize(3);
        log.failure = new DisconnectException("gone");

        assertThat(fetcher.fetch()).isEmpty();
        assertThat(ranges.get(0).position()).isEqualTo(3);
        assertThat(ranges.get(0).error()).isEqualTo("DisconnectException: gone");
        assertThat(fetcher.isHealthy()).isFalse();
    }

    @Test
    void troubleThatShowsAfterAPollDoesNotTakeAlongWhatItBrought() {
        log.append(0, 10);
        log.append(1, 10);
        log.positionFailure = new OffsetOutOfRangeException(Map.of(id(1), 0L));

        assertThat(offsets(fetchAll(progress(range(0, 0, 10), range(1, 0, 10)), LIMITS)))
                .hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("failuresOfPreparation")
    void whateverFailsForARecordThatWasPolledEndsItsRangeBeforeItAndLosesNothing(Throwable failure) {
        log.append(0, 10);
        log.append(1, 10);
        RangeConsumer consumer = consumer();
        List<RangeProgress> ranges = progress(range(0, 0, 10), range(1, 0, 10));
        RecordFetcher fetcher = new RecordFetcher(
                consumer,
                ranges,
                LIMITS,
                record -> {
                    if (record.partition() == 0 && record.offset() == 4) {
                        RecordFetcherTest.<RuntimeException>sneak(failure);
                    }
                },
                nanos::get);

        List<RecordFetcher.Fetched> fetched = new ArrayList<>();
        for (List<RecordFetcher.Fetched> next = fetcher.fetch(); !next.isEmpty(); next = fetcher.fetch()) {
            fetched.addAll(next);
        }

        assertThat(fetched).filteredOn(one -> one.range() == ranges.get(0)).hasSize(4);
        assertThat(fetched).filteredOn(one -> one.range() == ranges.get(1)).hasSize(10);
        assertThat(ranges.get(0).position()).isEqualTo(4);
        assertThat(ranges.get(0).read()).isEqualTo(4);
        assertThat(ranges.get(0).isCut()).isTrue();
        assertThat(ranges.get(0).error()).isNotBlank();
        assertThat(ranges.get(1).isCut()).isFalse();
    }

    static Stream<Throwable> failuresOfPreparation() {
        return Stream.of(
                new RegistryUnavailableException("it is down"),
                new IllegalStateException("a defect"),
                new NoClassDefFoundError("a/Codec"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void anInterruptedTaskEnds() {
        log.append(0, 10);
        log.failure = new InterruptException("stop");

        assertThatThrownBy(() -> fetchAll(progress(range(0, 0, 10)), LIMITS))
                .isInstanceOf(InterruptException.class)
                .hasMessage("stop");
        assertThat(Thread.interrupted()).isTrue();
    }

    private List<Fetched> fetchAll(List<RangeProgress> ranges, ReadLimits limits) {
        return fetchAll(consumer(), ranges, limits);
    }

    private List<Fetched> fetchAll(RangeConsumer consumer, List<RangeProgress> ranges, ReadLimits limits) {
        RecordFetcher fetcher = new RecordFetcher(consumer, ranges, limits, record -> {}, nanos::get);
        List<Fetched> all = new ArrayList<>();
        for (List<Fetched> some = fetcher.fetch(); !some.isEmpty(); some = fetcher.fetch()) {
            all.addAll(some);
        }
        return all;
    }

    private RangeConsumer consumer() {
        return new RangeConsumer(new ConsumerOptions("fra", Map.of()), (options, budget) -> {
            log.maxRecords = options.toMap().containsKey("max.poll.records") ? 1 : log.maxRecords;
            return log;
        });
    }

    private static List<RangeProgress> progress(io.tributary.offsets.OffsetRange... ranges) {
        return Arrays.stream(ranges)
                .map(range -> new RangeProgress(RangeReadTask.of(range, RangeReadTask.UNKNOWN_EPOCH)))
                .toList();
    }

    private static List<String> offsets(List<Fetched> fetched) {
        return fetched.stream()
                .map(one -> one.range().range().partition() + ":" + one.offset())
                .toList();
    }

    private static TopicPartition id(int partition) {
        return new TopicPartition("events", partition);
    }
}
