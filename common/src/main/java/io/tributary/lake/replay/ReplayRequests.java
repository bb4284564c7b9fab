package io.tributary.lake.replay;

import io.tributary.error.InvalidInputException;
import io.tributary.runtime.HadoopFiles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of a lake, as files in one folder. A request never changes, so each is read once. */
public final class ReplayRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRequests.class);
    private static final String ENDING = ".json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

    private final String folder;
    private final HadoopFiles files;
    private final Map<String, ReplayRequest> known = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();

    /** @param folder its URI */
    public ReplayRequests(String folder, HadoopFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** A name for a request that is made now. */
    public static String newId(Instant now) {
        return TIME.format(now.atOffset(ZoneOffset.UTC));
    }

    /** URI of a file of a request's records. */
    public String records(String id, String dataCenter) {
        return folder + "/records/" + id + "/" + dataCenter + ".jsonl";
    }

    /** All requests, oldest first. One that cannot be read is left out, logged once, and tried again. */
    public List<ReplayRequest> all() {
        List<ReplayRequest> all = new ArrayList<>();
        List<String> found =
                files.list(folder).stream().filter(uri -> uri.endsWith(ENDING)).toList();
        known.keySet().retainAll(found);
        failures.keySet().retainAll(found);
        for (String uri : found) {
            if (!known.containsKey(uri)) {
                read(uri).ifPresent(request -> known.put(uri, request));
            }
            Optional.ofNullable(known.get(uri)).ifPresent(all::add);
        }
        return all;
    }

    /** A request by its name; empty if there is none that can be read. */
    public Optional<ReplayRequest> find(String id) {
        Optional<ReplayRequest> request =
                known.values().stream().filter(one -> one.id().equals(id)).findFirst();
        String uri = folder + "/" + id + ENDING;
        return request.isPresent() || !files.exists(uri) ? request : read(uri);
    }

    /** @return false if there is another request of that name; then nothing is written */
    public boolean create(ReplayRequest request) {
        return files.createIfAbsent(folder + "/" + request.id() + ENDING, request.json());
    }

    private Optional<ReplayRequest> read(String uri) {
        try {
            ReplayRequest request = ReplayRequest.parse(files.readOwn(uri));
            failures.remove(uri);
            return Optional.of(request);
        } catch (InvalidInputException | IllegalArgumentException e) {
            // A file on a disk that is being written is whole the next time.
            if (failures.merge(uri, 1, Integer::sum) == 2) {
                LOG.error(
                        "ingest[replay={}]: cannot be read and is not begun; everything else goes on. Remove the file, and"
                                + " ask for the replay again: {}",
                        uri,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }
}
