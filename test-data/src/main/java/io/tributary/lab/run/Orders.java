package io.tributary.lab.run;

import io.tributary.lab.truth.Configurations;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Identity;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.offsets.ReadProgress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What an operator has ordered by now, so that what is to be seen is known.
 *
 * @param readers who is read
 * @param erased which events are erased
 * @param rejectedErased coordinates of the rejected records that are erased
 * @param areErasuresCarriedOut whether nothing of them is left in the tables
 * @param replays all requests to read records
 * @param replayed by request, coordinates of the records of the quarantine that it names
 * @param refusedRead by the time of each start of the streaming job, whether it reads refused records from then on
 * @param progress how far the orders have come
 */
record Orders(
        Readers readers,
        ErasedEvents erased,
        Set<Coordinates> rejectedErased,
        boolean areErasuresCarriedOut,
        List<ReplayRequest> replays,
        Map<String, Set<Coordinates>> replayed,
        SortedMap<Long, Boolean> refusedRead,
        OrderProgress progress) {

    Orders {
        rejectedErased = Set.copyOf(rejectedErased);
        replays = List.copyOf(replays);
        replayed = Map.copyOf(replayed);
    }

    /** Whether nothing of them is left to do, by how far the stream has read. */
    boolean areCarriedOut(ReadProgress read) {
        return areErasuresCarriedOut && replays.stream().allMatch(request -> request.isDone(read));
    }

    /** The names under which a record must have been read; none if nobody was to read it. */
    List<String> namesFor(Coordinates at, ReadProgress read) {
        return readers.namesFor(at, read, progress.begins());
    }

    boolean isErased(Identity event) {
        return erased.contains(event.scope().orElse(""), event.id());
    }

    boolean isRejectedErased(Coordinates at) {
        return rejectedErased.contains(at);
    }

    /** Whether a record is an event by now: it was when it was sent, or it was replayed by a configuration that reads it. */
    boolean isEvent(SentRecord record) {
        return !record.isRejected() || (record.event().isPresent() && isReplayed(record.coordinates()));
    }

    private boolean isReplayed(Coordinates at) {
        return replayed.entrySet().stream()
                .filter(request -> request.getValue().contains(at))
                .map(request -> progress.replays().getOrDefault(request.getKey(), Long.MIN_VALUE))
                .anyMatch(begun -> Configurations.areRefusedReadAt(begun, refusedRead));
    }
}
