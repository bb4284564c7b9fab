package io.tributary.ingest.state;

import static io.tributary.ingest.state.StateFolder.add;
import static io.tributary.ingest.state.StateFolder.expire;
import static io.tributary.ingest.state.StateFolder.get;
import static io.tributary.ingest.state.StateFolder.put;
import static io.tributary.ingest.state.StateFolder.row;
import static io.tributary.ingest.state.StateFolder.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tributary.aws.s3.StateConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintStateStoreProviderTest {

    private static final long EXPIRY = 1_000;

    @TempDir
    private Path dir;

    private StateFolder folder;
    private FingerprintStateStoreProvider provider;

    @BeforeEach
    void beginAState() {
        folder = new StateFolder(dir);
        provider = folder.open();
    }

    @Test
    void aStartKnowsWhatWasCommitted() {
        add(provider, 0, EXPIRY, 1, 2);
        add(provider, 1, EXPIRY + 1, 3);

        FingerprintStateStore store = store(folder.open(), 2);

        assertThat(get(store, 1)).isEqualTo(EXPIRY);
        assertThat(get(store, 3)).isEqualTo(EXPIRY + 1);
        assertThat(get(store, 4)).isNull();
        assertThat(store.metrics().numKeys()).isEqualTo(3);
        assertThat(store.metrics().memoryUsedBytes()).isPositive();
    }

    @Test
    void whatAnAttemptHasPutIsKnownToIt() {
        FingerprintStateStore store = store(provider, 0);
        put(store, 1, EXPIRY);

        assertThat(get(store, 1)).isEqualTo(EXPIRY);
        store.erase(row(1));
        assertThat(get(store, 1)).isNull();
        assertThat(store.hasCommitted()).isFalse();
    }

    @Test
    void anAttemptThatIsAbortedLeavesNothing() {
        add(provider, 0, EXPIRY, 1);
        FingerprintStateStore failed = store(provider, 1);
        put(failed, 2, EXPIRY);
        failed.erase(row(1));
        failed.abort();

        FingerprintStateStore next = store(provider, 1);

        assertThat(get(next, 1)).isEqualTo(EXPIRY);
        assertThat(get(next, 2)).isNull();
        assertThat(folder.files()).containsExactly("1.changelog");
        assertThatThrownBy(failed::commit).hasMessageContaining("has committed or ended already");
    }

    @Test
    void ofTwoAttemptsWithTheSameRowsBothSucceedAndTheStateIsThatOfOne() {
        FingerprintStateStore one = store(provider, 0);
        FingerprintStateStore other = store(provider, 0);
        LongStream.range(0, 50).forEach(id -> put(one, id, EXPIRY));
        LongStream.range(0, 50).forEach(id -> put(other, 49 - id, EXPIRY));

        assertThat(one.commit()).isEqualTo(1);
        FingerprintStateStoreProvider elsewhere = folder.open();
        FingerprintStateStore third = store(elsewhere, 0);
        LongStream.range(0, 50).forEach(id -> put(third, id * 17 % 50, EXPIRY));
        assertThat(third.commit()).isEqualTo(1);

        assertThat(store(provider, 1).metrics().numKeys()).isEqualTo(50);
        assertThat(store(elsewhere, 1).metrics().numKeys()).isEqualTo(50);
        assertThat(catchThrowable(other::commit)).hasMessageContaining("another attempt at the batch has committed");
    }

    @Test
    void anAttemptWithOtherRowsFailsAndLeavesTheFirstInForce() throws IOException {
        FingerprintStateStoreProvider elsewhere = folder.open();
        FingerprintStateStore late = store(elsewhere, 0);
        put(late, 2, EXPIRY);
        add(provider, 0, EXPIRY, 1);
        byte[] first = Files.readAllBytes(folder.file("1.changelog"));

        Throwable failure = catchThrowable(late::commit);

        assertThat(StateConflictException.isIn(failure)).as("%s", failure).isTrue();
        assertThat(late.hasCommitted()).isFalse();
        assertThat(folder.file("1.changelog")).hasBinaryContent(first);
        assertThat(get(store(elsewhere, 1), 2)).isNull();
    }

    @Test
    void anAttemptThatReadsOnAfterAnotherHasCommittedFails() {
        FingerprintStateStore slow = store(provider, 0);
        add(provider, 0, EXPIRY, 1);

        assertThatThrownBy(() -> get(slow, 1)).hasMessageContaining("at version 1 and not at 0 any more");
    }

    @Test
    void anOlderVersionIsLoadedAgain() {
        add(provider, 0, EXPIRY, 1);
        add(provider, 1, EXPIRY, 2);

        FingerprintStateStore again = store(provider, 1);

        assertThat(get(again, 1)).isEqualTo(EXPIRY);
        assertThat(get(again, 2)).isNull();
        put(again, 2, EXPIRY);
        assertThat(again.commit()).isEqualTo(2);
        assertThat(get(store(provider, 2), 2)).isEqualTo(EXPIRY);
    }

    @Test
    void onlyWhatCanHaveExpiredIsHandedOut() {
        for (int version = 0; version < 10; version++) {
            add(
                    provider,
                    version,
                    EXPIRY + version,
                    LongStream.range(100L * version, 100L * version + 100).toArray());
        }

        FingerprintStateStore nothingExpired = store(provider, 10);
        assertThat(expire(nothingExpired, EXPIRY - 1)).isEqualTo(1);
        FingerprintStateStore two = store(provider, 10);
        assertThat(expire(two, EXPIRY + 1)).isEqualTo(201);
        assertThat(get(two, 199)).isNull();
        assertThat(get(two, 200)).isEqualTo(EXPIRY + 2);
        put(two, 5, EXPIRY + 10);
        two.commit();

        FingerprintStateStore after = store(provider, 11);
        assertThat(get(after, 5)).isEqualTo(EXPIRY + 10);
        assertThat(after.metrics().numKeys()).isEqualTo(801);
        assertThat(get(store(folder.open(), 11), 5)).isEqualTo(EXPIRY + 10);
        assertThat(folder.file("11.changelog")).satisfies(path -> assertThat(Files.size(path))
                .as("two dropped generations and one identity")
                .isLessThan(200));
    }

    @Test
    void theMaintenanceBoundsWhatAStartReadsAndDeletesTheRest() {
        for (int version = 0; version < 30; version++) {
            add(provider, version, EXPIRY, version);
            provider.doMaintenance();
        }

        assertThat(folder.files()).anyMatch(name -> name.endsWith(".snapshot")).doesNotContain("1.changelog");
        for (long version = 28; version <= 30; version++) {
            FingerprintStateStore store = store(folder.open(), version);
            assertThat(store.metrics().numKeys()).isEqualTo(version);
            assertThat(get(store, version - 1)).isEqualTo(EXPIRY);
            assertThat(get(store, version)).isNull();
        }
    }

    @Test
    void aLostChangelogIsNamed() throws IOException {
        add(provider, 0, EXPIRY, 1);
        add(provider, 1, EXPIRY, 2);
        Files.delete(folder.file("1.changelog"));

        assertThatThrownBy(() -> folder.open().store(2))
                .hasMessageContaining("The deduplication state cannot be loaded")
                .hasMessageContaining("1.changelog is missing, which version 2 needs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged", "cut off", "empty"})
    void aDamagedChangelogIsNamed(String how) throws IOException {
        add(provider, 0, EXPIRY, 1);
        byte[] bytes = Files.readAllBytes(folder.file("1.changelog"));
        bytes[bytes.length / 2] ^= 1;
        int length = how.equals("damaged") ? bytes.length : how.equals("empty") ? 0 : bytes.length / 2;
        Files.write(folder.file("1.changelog"), java.util.Arrays.copyOf(bytes, length));

        assertThatThrownBy(() -> folder.open().store(1))
                .hasMessageContaining("The deduplication state cannot be loaded")
                .hasMessageContaining("1.changelog: ");
    }

    @Test
    void aDamagedSnapshotIsNamed() throws IOException {
        for (int version = 0; version < 20; version++) {
            add(provider, version, EXPIRY, version);
            provider.doMaintenance();
        }
        String snapshot = folder.files().stream()
                .filter(name -> name.endsWith(".snapshot"))
                .reduce((before, newest) -> newest)
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(folder.file(snapshot));
        bytes[bytes.length / 2] ^= 1;
        Files.write(folder.file(snapshot), bytes);
        Files.deleteIfExists(folder.file("." + snapshot + ".crc"));

        assertThatThrownBy(() -> folder.open().store(20))
                .hasMessageContaining("The deduplication state cannot be loaded")
                .hasMessageContaining(snapshot + ": ");
    }

    @Test
    void aLostOrDamagedKeyForgetsNothingInSilence() throws IOException {
        add(provider, 0, EXPIRY, 1);
        String key = Files.readString(folder.key());
        assertThat(key).matches("[0-9a-f]{32}");

        Files.writeString(folder.key(), key.substring(1));
        assertThatThrownBy(() -> folder.open().store(1)).hasMessageContaining("fingerprint-key is damaged");
        Files.writeString(folder.key(), key.substring(1) + (key.startsWith("0") ? "1" : "0"));
        assertThatThrownBy(() -> folder.open().store(1)).hasMessageContaining("written with another key");
        Files.delete(folder.key());
        assertThatThrownBy(() -> folder.open().store(1)).hasMessageContaining("fingerprint-key is missing");
    }

    @Test
    void eachCheckpointHasAKeyOfItsOwn(@TempDir Path another) throws IOException {
        StateFolder second = new StateFolder(another);
        add(provider, 0, EXPIRY, 1);
        add(second.open(), 0, EXPIRY, 1);

        assertThat(Files.readString(folder.key())).isNotEqualTo(Files.readString(second.key()));
        assertThat(Files.readAllBytes(folder.file("1.changelog")))
                .isNotEqualTo(Files.readAllBytes(second.file("1.changelog")));
    }

    @Test
    void anotherOperatorIsRefused() {
        StructType count = new StructType().add("count", DataTypes.LongType);

        assertThatThrownBy(() -> new FingerprintStateStoreProvider()
                        .open(folder.id(), count, true, StateFolder.conf(), new Configuration()))
                .hasMessageContaining("for dropDuplicatesWithinWatermark")
                .hasMessageContaining("struct<count:bigint>")
                .hasMessageContaining("dedup.state_store: rocksdb");
        assertThatThrownBy(() -> new FingerprintStateStoreProvider()
                        .open(folder.id(), StateFolder.EXPIRY, false, StateFolder.conf(), new Configuration()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("dropDuplicatesWithinWatermark");
    }
}
