package io.tributary.operations.erasure;

import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.IdentityHash;
import io.tributary.lake.erasure.RejectedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who wants something erased, when, why, and by when its files have to be gone.
 *
 * @param within how long after {@code at} the files may stay
 */
public record ErasureInstruction(Instant at, String by, String because, Duration within) {

    /**
     * The requests to write; none if nothing matches. One takes a bounded number of events, so there may be several.
     *
     * @param condition which events, in words that name no value
     */
    public List<ErasureRequest> requests(ErasureEffect effect, String condition) {
        List<ErasureRequest> requests = new ArrayList<>();
        for (List<IdentityHash> part : parts(List.copyOf(effect.identities()))) {
            requests.add(request(effect, condition, new HashSet<>(part), List.of()));
        }
        for (List<RejectedRecord> part : parts(effect.rejected())) {
            requests.add(request(effect, condition, Set.of(), part));
        }
        return requests;
    }

    private ErasureRequest request(
            ErasureEffect effect, String condition, Set<IdentityHash> identities, List<RejectedRecord> rejected) {
        return new ErasureRequest(
                0,
                at,
                by,
                because,
                condition,
                within,
                effect.scope(),
                effect.salt(),
                identities,
                rejected,
                effect.byTable(),
                effect.versions());
    }

    /** The events of an earlier request once more. */
    public ErasureRequest again(ErasureRequest before) {
        return new ErasureRequest(
                0,
                at,
                by,
                because,
                "those of erasure " + before.number() + ", again",
                within,
                before.scope(),
                before.salt(),
                before.identities(),
                before.rejected(),
                new TreeMap<>(),
                before.versions());
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ErasureRequest.MAX_IDENTITIES) {
            parts.add(all.subList(from, Math.min(all.size(), from + ErasureRequest.MAX_IDENTITIES)));
        }
        return parts;
    }
}
