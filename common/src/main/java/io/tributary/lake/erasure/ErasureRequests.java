package io.tributary.lake.erasure;

import io.tributary.runtime.HadoopFiles;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The erasures of a lake: numbered files, of which none is ever changed or removed. So to know whether there is a new one
 * costs one look, and whoever knows a number knows all before it. Of each {@value #PACK} a copy is kept in one file, so that
 * whoever reads them all, as every run of the merge job does, is done soon also after years.
 */
public final class ErasureRequests {

    private static final int SALT_BYTES = 16;
    private static final int PACK = 100;

    /** Larger ones stay single. */
    private static final int MAX_PACK_CHARACTERS = 8 << 20;

    private final String folder;
    private final HadoopFiles files;
    private final List<ErasureRequest> known = new ArrayList<>();
    private ErasedEvents erased = ErasedEvents.NONE;

    /** @param folder URI of the folder that they lie in, as {@link io.tributary.schema.Lake#erasures} */
    public ErasureRequests(String folder, HadoopFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** All requests now, in the order of their numbers. */
    public synchronized List<ErasureRequest> all() {
        int before = known.size();
        while (exists(known.size() + 1L)) {
            String pack = packUri(known.size() / PACK);
            if (known.size() % PACK == 0 && files.isFile(pack)) {
                known.addAll(ErasurePack.parse(files.readOwn(pack), pack));
            } else {
                known.add(read(known.size() + 1L));
            }
        }
        if (known.size() > before) {
            erased = ErasedEvents.of(known);
        }
        return List.copyOf(known);
    }

    /** The events that are erased by all requests now. */
    public synchronized ErasedEvents erased() {
        all();
        return erased;
    }

    /** The request of a number. No other is read, however many the lake has. */
    public synchronized Optional<ErasureRequest> find(long number) {
        if (number >= 1 && number <= known.size()) {
            return Optional.of(known.get((int) number - 1));
        }
        return number >= 1 && exists(number) ? Optional.of(read(number)) : Optional.empty();
    }

    /** The salt that a new request must hash with. */
    public String salt() {
        return find(1).map(ErasureRequest::salt).orElseGet(() -> {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            return HexFormat.of().formatHex(salt);
        });
    }

    /**
     * Writes a request under the next free number.
     *
     * @param request its number does not matter
     * @return the request as it was written
     */
    public ErasureRequest add(ErasureRequest request) {
        while (true) {
            ErasureRequest next = request.numbered(newest() + 1);
            if (files.createIfAbsent(uri(next.number()), next.toText())) {
                return next;
            }
        }
    }

    /** Keeps copies of those before the last few together, if that was not done. Only whoever knows all may do it. */
    public synchronized void pack() {
        int last = all().size() / PACK - 1;
        for (int pack = last; pack >= 0 && !files.exists(packUri(pack)); pack--) {
            String text = ErasurePack.toText(known.subList(pack * PACK, (pack + 1) * PACK));
            if (text.length() <= MAX_PACK_CHARACTERS) {
                files.createIfAbsent(packUri(pack), text);
            }
        }
    }

    /** The number of the newest request, found without reading any. */
    private synchronized long newest() {
        long there = known.size();
        long step = 1;
        while (exists(there + step)) {
            there += step;
            step *= 2;
        }
        for (; step > 0; step /= 2) {
            if (exists(there + step)) {
                there += step;
            }
        }
        return there;
    }

    private boolean exists(long number) {
        return files.isFile(uri(number));
    }

    private ErasureRequest read(long number) {
        return ErasureRequest.parse(files.readOwn(uri(number)), uri(number));
    }

    private String uri(long number) {
        return folder + "/" + String.format(Locale.ROOT, "%08d.json", number);
    }

    private String packUri(int pack) {
        return folder + "/packs/" + String.format(Locale.ROOT, "%08d.json", (pack + 1L) * PACK);
    }
}
