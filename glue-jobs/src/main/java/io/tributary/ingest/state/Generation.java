package io.tributary.ingest.state;

import java.util.ArrayList;
import java.util.List;

/** Fingerprints that expire at the same time, in chunks. A removed one leaves two zeros behind, which no identity has. */
final class Generation {

    /** Room for fingerprints, two numbers each, that belong to one generation. */
    static final class Chunk {

        private final Generation owner;
        private final int id;
        private long[] words;
        private int used;

        private Chunk(Generation owner, int id, int room) {
            this.owner = owner;
            this.id = id;
            this.words = new long[2 * room];
        }

        Generation owner() {
            return owner;
        }

        int id() {
            return id;
        }

        int used() {
            return used;
        }

        int room() {
            return words.length / 2;
        }

        boolean isFull() {
            return 2 * used == words.length;
        }

        long first(int entry) {
            return words[2 * entry];
        }

        long second(int entry) {
            return words[2 * entry + 1];
        }

        boolean isRemoved(int entry) {
            return first(entry) == 0 && second(entry) == 0;
        }

        private int append(long first, long second) {
            words[2 * used] = first;
            words[2 * used + 1] = second;
            return used++;
        }

        private void remove(int entry) {
            // A snapshot that is being written reads the array as it was.
            words = words.clone();
            words[2 * entry] = 0;
            words[2 * entry + 1] = 0;
        }
    }

    /** The content of a chunk as it is now, whatever is appended or removed later. */
    static final class Part {

        private final long[] words;
        private final int used;

        /** @param words two for each fingerprint */
        Part(long[] words, int used) {
            this.words = words;
            this.used = used;
        }

        long[] words() {
            return words;
        }

        int used() {
            return used;
        }
    }

    private final long expiry;
    private final List<Chunk> chunks = new ArrayList<>();
    private int live;
    private int expected;

    /** @param expiry the value that the operator stores, in microseconds since the epoch */
    Generation(long expiry) {
        this.expiry = expiry;
    }

    long expiry() {
        return expiry;
    }

    /** The number of fingerprints that are not removed. */
    int live() {
        return live;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    Chunk last() {
        return chunks.get(chunks.size() - 1);
    }

    boolean needsChunk() {
        return chunks.isEmpty() || last().isFull();
    }

    void expect(int fingerprints) {
        expected += fingerprints;
    }

    /** As large as what is expected, or else larger than the last. */
    Chunk addChunk(int id, int smallest, int largest) {
        int grown = chunks.isEmpty() ? smallest : 2 * last().room();
        Chunk chunk = new Chunk(this, id, Math.min(largest, expected > 0 ? expected : Math.max(smallest, grown)));
        chunks.add(chunk);
        return chunk;
    }

    /** Appends to the last chunk. */
    int append(long first, long second) {
        live++;
        expected = Math.max(0, expected - 1);
        return last().append(first, second);
    }

    void remove(Chunk chunk, int entry) {
        live--;
        chunk.remove(entry);
    }

    List<Part> parts() {
        return chunks.stream().map(chunk -> new Part(chunk.words, chunk.used)).toList();
    }
}
