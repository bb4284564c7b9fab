package io.tributary.ingest.state;

import io.tributary.ingest.state.Generation.Chunk;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Fingerprints with their expiry, in primitive arrays: 16 bytes each in the chunks of its {@link Generation}, and an index
 * over all with open addressing, 8 bytes a slot.
 *
 * <pre>
 *  slots   [ position + 1 | low half of the fingerprint's first word ]   0 is free; the low half says where it belongs
 *              │
 *              ▼
 *  chunks  [ first word, second word ] …   up to {@value #CHUNK_ENTRIES} of one generation
 * </pre>
 *
 * <p>It is not safe for use by several threads.
 */
final class FingerprintTable {

    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_ENTRIES = 1 << CHUNK_BITS;
    private static final int MIN_CHUNK_ENTRIES = 16;
    private static final int MIN_SLOTS = 64;
    private static final int MAX_SLOTS = 1 << 30;
    private static final int MAX_GENERATIONS = 100_000;

    /** What a generation and a chunk take beside the words. */
    private static final int GENERATION_BYTES = 160;

    private static final int CHUNK_BYTES = 64;

    private final NavigableMap<Long, Generation> generations = new TreeMap<>();
    private long[] slots = new long[MIN_SLOTS];
    private Chunk[] chunks = new Chunk[MIN_CHUNK_ENTRIES];
    private int[] freeChunks = new int[0];
    private int freeChunkCount;
    private int chunkCount;
    private long chunkWords;
    private int count;

    int size() {
        return count;
    }

    /** When a fingerprint expires; empty if it is not there. */
    OptionalLong expiry(long first, long second) {
        int slot = find(first, second);
        return slot < 0
                ? OptionalLong.empty()
                : OptionalLong.of(chunk(slots[slot]).owner().expiry());
    }

    boolean contains(long first, long second) {
        return find(first, second) >= 0;
    }

    /** Announces how many fingerprints follow, so that there is room for exactly those. */
    void expect(long expiry, int fingerprints) {
        ensureSlots((long) count + fingerprints);
        generation(expiry).expect(fingerprints);
    }

    /** @return false if it is there; then nothing is changed */
    boolean add(long first, long second, long expiry) {
        if (contains(first, second)) {
            return false;
        }
        ensureSlots(count + 1L);
        Generation generation = generation(expiry);
        if (generation.needsChunk()) {
            register(generation);
        }
        int entry = generation.append(first, second);
        insert(slots, ((long) ((generation.last().id() << CHUNK_BITS) + entry + 1) << 32) | (first & 0xffffffffL));
        count++;
        return true;
    }

    /** @return false if it is not there */
    boolean remove(long first, long second) {
        int slot = find(first, second);
        if (slot < 0) {
            return false;
        }
        Chunk chunk = chunk(slots[slot]);
        chunk.owner().remove(chunk, entry(slots[slot]));
        clear(slot);
        if (chunk.owner().live() == 0) {
            release(generations.remove(chunk.owner().expiry()));
        }
        shrink();
        return true;
    }

    /** Removes a whole generation. @return false if there is none with this expiry */
    boolean drop(long expiry) {
        Generation generation = generations.remove(expiry);
        if (generation == null) {
            return false;
        }
        for (Chunk chunk : generation.chunks()) {
            for (int entry = 0; entry < chunk.used(); entry++) {
                if (!chunk.isRemoved(entry)) {
                    clear(slotOf(chunk, entry));
                }
            }
        }
        release(generation);
        shrink();
        return true;
    }

    /** By expiry, the one that expires first at the beginning. */
    Collection<Generation> generations() {
        return Collections.unmodifiableCollection(generations.values());
    }

    /** The generation that expires first; null if the table is empty. */
    Generation first() {
        return generations.isEmpty() ? null : generations.firstEntry().getValue();
    }

    /** The generation that expires next after this time; null if there is none. */
    Generation after(long expiry) {
        Map.Entry<Long, Generation> next = generations.higherEntry(expiry);
        return next == null ? null : next.getValue();
    }

    /** The number of fingerprints with this expiry. */
    int live(long expiry) {
        Generation generation = generations.get(expiry);
        return generation == null ? 0 : generation.live();
    }

    /** What it occupies in memory, all in. */
    long bytes() {
        return Long.BYTES * (slots.length + chunkWords)
                + Integer.BYTES * (long) (chunks.length + freeChunks.length)
                + (long) CHUNK_BYTES * (chunkCount - freeChunkCount)
                + (long) GENERATION_BYTES * generations.size();
    }

    private Generation generation(long expiry) {
        Generation generation = generations.get(expiry);
        if (generation == null) {
            if (generations.size() == MAX_GENERATIONS) {
                throw new IllegalStateException("The deduplication state has " + MAX_GENERATIONS
                        + " expiry times. It is" + " made for batches whose rows all expire at the same time.");
            }
            generation = new Generation(expiry);
            generations.put(expiry, generation);
        }
        return generation;
    }

    private Chunk chunk(long slot) {
        return chunks[position(slot) >>> CHUNK_BITS];
    }

    private static int entry(long slot) {
        return position(slot) & CHUNK_ENTRIES - 1;
    }

    private static int position(long slot) {
        return (int) (slot >>> 32) - 1;
    }

    private int find(long first, long second) {
        int mask = slots.length - 1;
        for (int at = (int) first & mask; slots[at] != 0; at = at + 1 & mask) {
            long slot = slots[at];
            if ((int) slot == (int) first) {
                Chunk chunk = chunk(slot);
                int entry = entry(slot);
                if (chunk.first(entry) == first && chunk.second(entry) == second) {
                    return at;
                }
            }
        }
        return -1;
    }

    private int slotOf(Chunk chunk, int entry) {
        int mask = slots.length - 1;
        int position = (chunk.id() << CHUNK_BITS) + entry;
        int at = (int) chunk.first(entry) & mask;
        while (position(slots[at]) != position) {
            at = at + 1 & mask;
        }
        return at;
    }

    private static void insert(long[] slots, long slot) {
        int mask = slots.length - 1;
        int at = (int) slot & mask;
        while (slots[at] != 0) {
            at = at + 1 & mask;
        }
        slots[at] = slot;
    }

    /** Frees a slot and closes the gap, so that no search ends before the slot that it looks for. */
    private void clear(int slot) {
        int mask = slots.length - 1;
        int gap = slot;
        for (int at = slot + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int belongs = (int) slots[at] & mask;
            if ((at - belongs & mask) >= (at - gap & mask)) {
                slots[gap] = slots[at];
                gap = at;
            }
        }
        slots[gap] = 0;
        count--;
    }

    /** At most three quarters are occupied. */
    private void ensureSlots(long fingerprints) {
        long wanted = slots.length;
        while (4 * fingerprints > 3 * wanted) {
            wanted *= 2;
        }
        if (wanted > MAX_SLOTS) {
            throw new IllegalStateException("A partition of the deduplication state cannot hold " + fingerprints
                    + " identities. Raise dedup.state_partitions, which begins with an empty state.");
        }
        resize((int) wanted);
    }

    /** At least a fifth is occupied, unless the table is tiny. */
    private void shrink() {
        int wanted = slots.length;
        while (wanted > MIN_SLOTS && 5L * count < wanted) {
            wanted /= 2;
        }
        resize(wanted);
    }

    private void resize(int wanted) {
        if (wanted != slots.length) {
            long[] resized = new long[wanted];
            for (long slot : slots) {
                if (slot != 0) {
                    insert(resized, slot);
                }
            }
            slots = resized;
        }
    }

    private void register(Generation generation) {
        int id = freeChunkCount > 0 ? freeChunks[--freeChunkCount] : chunkCount++;
        if (id == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * id);
        }
        chunks[id] = generation.addChunk(id, MIN_CHUNK_ENTRIES, CHUNK_ENTRIES);
        chunkWords += 2L * chunks[id].room();
    }

    private void release(Generation generation) {
        for (Chunk chunk : generation.chunks()) {
            if (freeChunkCount == freeChunks.length) {
                freeChunks = Arrays.copyOf(freeChunks, Math.max(MIN_CHUNK_ENTRIES, 2 * freeChunkCount));
            }
            freeChunks[freeChunkCount++] = chunk.id();
            chunks[chunk.id()] = null;
            chunkWords -= 2L * chunk.room();
        }
    }
}
