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
 * costs one look, and whoever knows a number knows all before it.
 */
public final class ErasureRequests {

    private static final int SALT_BYTES = 16;

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
        for (String uri = uri(known.size() + 1L); files.exists(uri); uri = uri(known.size() + 1L)) {
            known.add(ErasureRequest.parse(files.readOwn(uri), uri));
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
        String uri = uri(number);
        return number >= 1 && files.exists(uri)
                ? Optional.of(ErasureRequest.parse(files.readOwn(uri), uri))
                : Optional.empty();
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
            ErasureRequest next = request.numbered(all().size() + 1L);
            if (files.createIfAbsent(uri(next.number()), next.toText())) {
                return next;
            }
        }
    }

    private String uri(long number) {
        return folder + "/" + String.format(Locale.ROOT, "%08d.json", number);
    }
}
