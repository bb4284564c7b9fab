package io.tributary.lake.fill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.Failures;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.ChecksumException;

/**
 * The fills of a lake: numbered orders that never change, and beside them how far each has come and how it ended. To know
 * that there is none costs one look.
 */
public final class ColumnFills {

    private static final String FILLED = "filled";
    private static final String CANCELED = "canceled";

    private final String folder;
    private final HadoopFiles files;
    private final List<FillOrder> known = new ArrayList<>();

    public ColumnFills(Lake lake, HadoopFiles files) {
        this.folder = lake.fills();
        this.files = files;
    }

    /** How a fill stands. */
    public enum State {
        OPEN,
        /** Every event's column is filled, and so is what is merged from now on. */
        FILLED,
        CANCELED
    }

    /** A fill and how it stands. */
    public record Fill(FillOrder order, State state) {

        public boolean isOpen() {
            return state == State.OPEN;
        }
    }

    /** All fills now, in the order of their numbers. */
    public synchronized List<Fill> all() {
        while (files.isFile(uri(known.size() + 1L))) {
            String next = uri(known.size() + 1L);
            known.add(FillOrder.parse(files.readOwn(next), next));
        }
        if (known.isEmpty()) {
            return List.of();
        }
        Set<String> ends = files.list(folder + "/ends").stream()
                .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        return known.stream()
                .map(order -> new Fill(order, state(order.number(), ends)))
                .toList();
    }

    private static State state(long number, Set<String> ends) {
        if (ends.contains(name(number, CANCELED))) {
            return State.CANCELED;
        }
        return ends.contains(name(number, FILLED)) ? State.FILLED : State.OPEN;
    }

    /** The columns that are being filled, which nothing may show as if they were whole. */
    public SortedSet<String> beingFilled() {
        SortedSet<String> columns = new TreeSet<>();
        all().stream()
                .filter(Fill::isOpen)
                .forEach(fill -> columns.addAll(fill.order().columns().keySet()));
        return columns;
    }

    /**
     * Writes an order under the next free number.
     *
     * @param order its number does not matter
     */
    public FillOrder add(FillOrder order) {
        while (true) {
            FillOrder next = order.numbered(all().size() + 1L);
            if (files.createIfAbsent(uri(next.number()), next.toText())) {
                return next;
            }
        }
    }

    /**
     * How far a fill has come; empty before it begins, and where it must begin anew.
     *
     * @throws InvalidInputException if the file cannot be read
     */
    public Optional<FillProgress> progress(long number) {
        String uri = progressUri(number);
        try {
            return files.isFile(uri) ? FillProgress.parse(files.readOwn(uri)) : Optional.empty();
        } catch (InvalidInputException e) {
            // On a disk a run that is killed leaves a file that does not fit its checksum.
            if (Failures.find(e, ChecksumException.class).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public void note(long number, FillProgress progress) {
        files.write(progressUri(number), progress.toText());
    }

    public void close(long number) {
        files.createIfAbsent(folder + "/ends/" + name(number, FILLED), "{}");
    }

    /**
     * Gives a fill up.
     *
     * @param by who
     * @param because why, in the operator's words
     */
    public void cancel(long number, Instant at, String by, String because) {
        ObjectNode end = JsonNodeFactory.instance
                .objectNode()
                .put("canceled_at", at.toString())
                .put("by", by)
                .put("because", because);
        files.createIfAbsent(folder + "/ends/" + name(number, CANCELED), end.toPrettyString());
    }

    private String uri(long number) {
        return folder + "/" + String.format(Locale.ROOT, "%08d.json", number);
    }

    private String progressUri(long number) {
        return folder + "/progress/" + String.format(Locale.ROOT, "%08d.json", number);
    }

    private static String name(long number, String end) {
        return String.format(Locale.ROOT, "%08d.%s.json", number, end);
    }
}
