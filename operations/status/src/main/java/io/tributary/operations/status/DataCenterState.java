package io.tributary.operations.status;

import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import java.util.List;
import java.util.Optional;

/**
 * How a data center does. Nothing is to be configured: the state follows from its last {@value #WINDOW} batches, as Burrow judges
 * consumers, and from what the streaming job last said of it. The first rule that holds decides.
 *
 * <ol>
 *   <li>{@link #PAUSED}: the data-centers file pauses it.
 *   <li>{@link #STOPPED}: the streaming job does not run.
 *   <li>{@link #SILENT}: the job says that it does not answer; or it answered in none of the last {@value #SILENT_BATCHES}
 *       batches and the job has said nothing newer.
 *   <li>{@link #NEW}: it has lag, no batch has asked it yet, and batches of others are committed.
 *   <li>{@link #STOPPED}: it has lag, and reading did not move in any batch of the window: a part of it is halted.
 *   <li>{@link #IDLE}: it has no lag, and nothing was read in the window.
 *   <li>{@link #OK}: some batch of the window left nothing unread.
 *   <li>{@link #CATCHING_UP}: reading moves, and every batch of the window left something unread.
 *   <li>{@link #UNKNOWN}: the commits do not say how much was left unread, as those of earlier versions.
 * </ol>
 */
public enum DataCenterState {
    OK,
    CATCHING_UP("CATCHING UP"),
    IDLE,
    NEW,
    SILENT,
    STOPPED,
    PAUSED,
    UNKNOWN("?");

    /** How many batches are looked at. */
    static final int WINDOW = 10;

    static final int SILENT_BATCHES = 3;

    private final String words;

    DataCenterState() {
        this.words = name();
    }

    DataCenterState(String words) {
        this.words = words;
    }

    /** As people read it. */
    public String words() {
        return words;
    }

    /** Whether nothing of the data center comes in although it should. */
    public boolean isTrouble() {
        return this == SILENT || this == STOPPED;
    }

    /**
     * The state.
     *
     * @param sightings of the newest batches, oldest first
     * @param told what the streaming job last said of it, if that is newer than the newest batch
     * @param isStreamDown whether the streaming job is known not to run
     * @param areBatchesComing whether a batch was committed lately
     */
    static DataCenterState of(
            List<Sighting> sightings, Optional<DataCenterStatus> told, boolean isStreamDown, boolean areBatchesComing) {
        if (told.filter(DataCenterStatus::isPaused).isPresent()) {
            return PAUSED;
        }
        if (isStreamDown) {
            return STOPPED;
        }
        List<Sighting> window = newest(sightings, WINDOW);
        if (isSilent(window, told)) {
            return SILENT;
        }
        boolean isMoving = window.stream().anyMatch(sighting -> sighting.moved() > 0);
        boolean hasNone = told.filter(status -> status.lag().isPresent())
                .map(status -> status.lag().getAsLong() == 0)
                .orElseGet(() ->
                        !window.isEmpty() && window.get(window.size() - 1).lag().orElse(-1) == 0);
        if (!isMoving) {
            boolean hasLag = told.filter(status -> status.lag().orElse(0) > 0).isPresent()
                    || window.stream().anyMatch(sighting -> sighting.lag().orElse(0) > 0);
            boolean isNew = areBatchesComing
                    && told.filter(status -> status.trouble().isEmpty()).isPresent()
                    && sightings.stream().noneMatch(Sighting::hasAnswered);
            return hasNone ? IDLE : !hasLag ? UNKNOWN : isNew ? NEW : STOPPED;
        }
        if (hasNone || window.stream().anyMatch(sighting -> sighting.lag().orElse(-1) == 0)) {
            return OK;
        }
        return window.stream().anyMatch(sighting -> sighting.lag().isPresent()) ? CATCHING_UP : UNKNOWN;
    }

    private static boolean isSilent(List<Sighting> window, Optional<DataCenterStatus> told) {
        if (told.isPresent()) {
            return told.get().unreachableSince().isPresent();
        }
        List<Sighting> last = newest(window, SILENT_BATCHES);
        return !last.isEmpty() && last.stream().noneMatch(Sighting::hasAnswered);
    }

    static List<Sighting> newest(List<Sighting> sightings, int count) {
        return sightings.subList(Math.max(0, sightings.size() - count), sightings.size());
    }
}
