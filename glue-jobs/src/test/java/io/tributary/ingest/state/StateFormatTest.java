package io.tributary.ingest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.ingest.state.StateFormat.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateFormatTest {

    private static final StateFormat FORMAT = new StateFormat(42);

    @Test
    void aSnapshotIsReadAsItWasWritten() throws IOException {
        FingerprintTable table = random(20_000);
        long[] words = table.generations().iterator().next().parts().get(0).words();
        assertThat(table.remove(words[0], words[1])).isTrue();

        FingerprintTable read = read(bytes(Kind.SNAPSHOT, 5, StateChanges.everything(table)), Kind.SNAPSHOT, 5);

        assertThat(FingerprintTableTest.contents(read)).isEqualTo(FingerprintTableTest.contents(table));
    }

    @Test
    void changesOfTheSameRowsInAnotherOrderAreTheSameBytes() throws IOException {
        FingerprintTable one = new FingerprintTable();
        FingerprintTable other = new FingerprintTable();
        for (int at = 0; at < 100; at++) {
            one.add(at * 7919L, at, 5);
            other.add((99 - at) * 7919L, 99 - at, 5);
        }
        FingerprintTable none = new FingerprintTable();

        assertThat(bytes(Kind.CHANGES, 1, StateChanges.of(none, none, one)))
                .isEqualTo(bytes(Kind.CHANGES, 1, StateChanges.of(none, none, other)));
    }

    @Test
    void everyByteCounts() throws IOException {
        byte[] whole = bytes(Kind.SNAPSHOT, 5, StateChanges.everything(random(20)));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            assertThatThrownBy(() -> read(damaged, Kind.SNAPSHOT, 5))
                    .as("byte %d", at)
                    .isInstanceOf(UnreadableStateException.class);
            byte[] cutOff = Arrays.copyOf(whole, at);
            assertThatThrownBy(() -> read(cutOff, Kind.SNAPSHOT, 5))
                    .as("%d bytes", at)
                    .isInstanceOf(UnreadableStateException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1), Kind.SNAPSHOT, 5))
                .hasMessageContaining("goes on where it should end");
    }

    @Test
    void aFileInThePlaceOfAnotherIsNotRead() throws IOException {
        byte[] snapshot = bytes(Kind.SNAPSHOT, 5, StateChanges.everything(random(20)));

        assertThatThrownBy(() -> read(snapshot, Kind.SNAPSHOT, 6)).hasMessageContaining("of another version");
        assertThatThrownBy(() -> read(snapshot, Kind.CHANGES, 5)).hasMessageContaining("of another kind");
        assertThatThrownBy(() -> new StateFormat(43)
                        .read(new ByteArrayInputStream(snapshot), Kind.SNAPSHOT, 5, new FingerprintTable()))
                .hasMessageContaining("with another key");
    }

    @Test
    void changesThatDoNotFitWhatIsThereAreNotApplied() throws IOException {
        FingerprintTable before = new FingerprintTable();
        before.add(1, 1, 10);
        before.add(2, 2, 20);
        before.add(3, 3, 20);
        FingerprintTable removed = new FingerprintTable();
        removed.add(1, 1, 10);
        removed.add(2, 2, 20);
        FingerprintTable added = new FingerprintTable();
        added.add(4, 4, 30);
        byte[] changes = bytes(Kind.CHANGES, 1, StateChanges.of(before, removed, added));

        assertThatThrownBy(() -> read(changes, Kind.CHANGES, 1)).hasMessageContaining("drops what is not there");
        FORMAT.read(new ByteArrayInputStream(changes), Kind.CHANGES, 1, before);
        assertThat(FingerprintTableTest.contents(before).values()).containsExactlyInAnyOrder(20L, 30L);
    }

    private static FingerprintTable random(int size) {
        SplittableRandom random = new SplittableRandom(size);
        FingerprintTable table = new FingerprintTable();
        for (int at = 0; at < size; at++) {
            table.add(random.nextLong(), random.nextLong(), at % 3);
        }
        return table;
    }

    private static byte[] bytes(Kind kind, long version, StateChanges changes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FORMAT.write(out, kind, version, changes);
        return out.toByteArray();
    }

    private static FingerprintTable read(byte[] bytes, Kind kind, long version) throws IOException {
        FingerprintTable table = new FingerprintTable();
        FORMAT.read(new ByteArrayInputStream(bytes), kind, version, table);
        return table;
    }
}
