package io.tributary.ingest.discovery;

import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenterChange;
import io.tributary.config.DataCenters;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.HadoopFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data centers that are in force now. The file is read at every trigger. If it cannot be used, the last good file
 * stays in force, so a mistake stops nothing. The problem is logged at growing intervals. The last good file also
 * survives restarts.
 *
 * <pre>
 *  file ─► can be used ─► in force, saved beside the checkpoint as the last good file
 *      └─► cannot ──────► the file in force, else the last good file, else exit code 2
 * </pre>
 */
public final class DataCenterRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(DataCenterRegistry.class);
    private static final DataCenters NONE = new DataCenters(List.of());

    private final String file;
    private final DataCenterAccess access;
    private final HadoopFiles files;
    private final LastGoodFile lastGood;
    private final Clock clock;
    private final WarningThrottle warnings = new WarningThrottle();
    private Optional<Reading> current = Optional.empty();
    private boolean isFileUsable;
    private Instant asked = Instant.MAX;

    /** The text of a valid file, and its content. */
    private record Reading(String text, DataCenters dataCenters) {}

    public DataCenterRegistry(
            String file, DataCenterAccess access, HadoopFiles files, LastGoodFile lastGood, Clock clock) {
        this.file = file;
        this.access = access;
        this.files = files;
        this.lastGood = lastGood;
        this.clock = clock;
    }

    /**
     * Checks, before anything else is done, whether there is a valid file to start with.
     *
     * @param store URI of the folder that keeps the last known options of each data center
     * @throws InvalidInputException if the file cannot be used and no last good file exists
     */
    public static void require(String file, DataCenterAccess access, String store, HadoopFiles files, Clock clock) {
        new DataCenterRegistry(file, access, files, new LastGoodFile(store, files), clock).current();
    }

    /** @throws InvalidInputException if the file cannot be used and never could */
    public DataCenters current() {
        String read = "";
        try {
            read = files.read(file);
            take(read);
            lastGood.keep(read);
            end();
        } catch (RuntimeException e) {
            // Any failure is handled alike, even a defect: the file in force stays in force.
            isFileUsable = false;
            if (current.isEmpty()) {
                current = kept();
            }
            Reading inForce = current.orElseThrow(() -> e);
            tell(e, read, inForce.dataCenters());
        }
        DataCenters inForce = current.orElseThrow().dataCenters();
        tellEndedPauses(inForce);
        return inForce;
    }

    /** A pause that ends by itself changes no file, so nothing else would tell of it. */
    private void tellEndedPauses(DataCenters inForce) {
        Instant now = clock.instant();
        inForce.all().stream()
                .filter(center -> !center.isReadAt(asked) && center.isReadAt(now))
                .forEach(center -> LOG.info(
                        "ingest[dc={}]: its pause ended at {}, as the data-centers file says; it is read again",
                        center.name(),
                        center.pausedUntil()));
        asked = now;
    }

    /** Whether the file could be used when it was last read. */
    public boolean isFileUsable() {
        return isFileUsable;
    }

    private void take(String text) {
        if (current.filter(reading -> reading.text().equals(text)).isPresent()) {
            return;
        }
        DataCenters next = DataCenters.parse(text, file, access);
        DataCenters before = current.or(this::kept).map(Reading::dataCenters).orElse(NONE);
        List<DataCenterChange> changes = DataCenterChange.between(before, next);
        for (DataCenterChange change : changes) {
            if (change.isToBeConfirmed()) {
                LOG.warn("ingest[dc={}]: {} ({})", change.dataCenter(), change.description(), file);
            } else {
                LOG.info("ingest[dc={}]: {}", change.dataCenter(), change.description());
            }
        }
        LOG.info("ingest[data-centers={}]: {}", file, next.describe());
        current = Optional.of(new Reading(text, next));
    }

    /** The last good file of an earlier process, if it is still valid. */
    private Optional<Reading> kept() {
        try {
            return lastGood.read().map(text -> new Reading(text, DataCenters.parse(text, lastGood.toString(), access)));
        } catch (InvalidInputException e) {
            LOG.warn(
                    "ingest[data-centers={}]: the last good file is not valid by the rules of this version: {}",
                    lastGood,
                    e.getMessage());
            return Optional.empty();
        }
    }

    private void tell(RuntimeException why, String read, DataCenters inForce) {
        // A new mistake in an edited file is logged at once, since whoever edited it waits for the answer.
        String trouble = Integer.toHexString(read.hashCode());
        warnings.retain(List.of(trouble));
        warnings.note(trouble, clock.instant())
                .ifPresent(due -> LOG.error(
                        "ingest[data-centers={}]: cannot be used; the last good file stays in force, {}. Correct the"
                                + " file, and try it first with scripts/data-centers check. {}{}",
                        file,
                        inForce.describe(),
                        why instanceof InvalidInputException ? why.getMessage() : why.toString(),
                        due.describe()));
    }

    private void end() {
        isFileUsable = true;
        warnings.retain(List.of())
                .forEach((trouble, since) -> LOG.info(
                        "ingest[data-centers={}]: can be used again, after {}",
                        file,
                        Duration.between(since, clock.instant())));
    }
}
