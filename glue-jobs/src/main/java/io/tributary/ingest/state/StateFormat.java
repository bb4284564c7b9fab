package io.tributary.ingest.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The bytes of a file of the state, as numbers of 64 bits in blocks with checksums.
 *
 * <pre>
 *  format, kind, version, check of the key
 *  n, the expiries of n dropped generations
 *  n, n single fingerprints that are removed
 *  n, n times: expiry, m, m fingerprints that are added
 * </pre>
 *
 * @param check {@link FingerprintKey#check}
 */
record StateFormat(long check) {

    /** In ASCII {@code TribFps} and the number of the format. */
    private static final long FORMAT = 0x5472696246707301L;

    /** What a file holds. */
    enum Kind {
        CHANGES(1, "changelog"),
        SNAPSHOT(2, "snapshot");

        private final long number;
        private final String extension;

        Kind(long number, String extension) {
            this.number = number;
            this.extension = extension;
        }

        /** The name of the file of a version. */
        String file(long version) {
            return version + "." + extension;
        }
    }

    void write(OutputStream out, Kind kind, long version, StateChanges changes) throws IOException {
        BlockOutput blocks = new BlockOutput(out);
        blocks.putLong(FORMAT);
        blocks.putLong(kind.number);
        blocks.putLong(version);
        blocks.putLong(check);
        blocks.putLong(changes.dropped().length);
        for (long expiry : changes.dropped()) {
            blocks.putLong(expiry);
        }
        blocks.putLong(changes.removed().length / 2);
        for (long word : changes.removed()) {
            blocks.putLong(word);
        }
        blocks.putLong(changes.added().size());
        for (StateChanges.Added added : changes.added()) {
            write(blocks, added);
        }
        blocks.end();
    }

    private static void write(BlockOutput blocks, StateChanges.Added added) throws IOException {
        blocks.putLong(added.expiry());
        blocks.putLong(added.count());
        for (Generation.Part part : added.parts()) {
            for (int entry = 0; entry < part.used(); entry++) {
                long first = part.words()[2 * entry];
                long second = part.words()[2 * entry + 1];
                if (first != 0 || second != 0) {
                    blocks.putLong(first);
                    blocks.putLong(second);
                }
            }
        }
    }

    /**
     * Applies a file to a table.
     *
     * @return how many fingerprints it added
     * @throws UnreadableStateException if it is damaged, of another version or key, or does not fit the table, which is
     *     then of no use
     */
    int read(InputStream in, Kind kind, long version, FingerprintTable table) throws IOException {
        BlockInput blocks = new BlockInput(in);
        require(blocks.getLong() == FORMAT, "a file is not of a format that this version reads");
        require(blocks.getLong() == kind.number, "a file is of another kind than its name says");
        require(blocks.getLong() == version, "a file is of another version than its name says");
        require(blocks.getLong() == check, "a file was written with another key");
        for (int left = blocks.getCount(); left > 0; left--) {
            require(table.drop(blocks.getLong()), "a file drops what is not there");
        }
        for (int left = blocks.getCount(); left > 0; left--) {
            require(table.remove(blocks.getLong(), blocks.getLong()), "a file removes what is not there");
        }
        int added = 0;
        for (int left = blocks.getCount(); left > 0; left--) {
            added += readGeneration(blocks, table);
        }
        blocks.requireEnd();
        return added;
    }

    private static int readGeneration(BlockInput blocks, FingerprintTable table) throws IOException {
        long expiry = blocks.getLong();
        int count = blocks.getCount();
        require(count > 0, "a file holds a generation without identities");
        table.expect(expiry, count);
        for (int left = count; left > 0; left--) {
            require(table.add(blocks.getLong(), blocks.getLong(), expiry), "a file adds what is there");
        }
        return count;
    }

    private static void require(boolean holds, String otherwise) throws UnreadableStateException {
        if (!holds) {
            throw new UnreadableStateException(otherwise);
        }
    }
}
