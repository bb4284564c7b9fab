package io.tributary.operations.columns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.yaml.Quoted;
import io.tributary.operations.text.Words;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * What would be in columns of the events of a day.
 *
 * @param date the day
 */
public record ColumnOutcomes(LocalDate date, List<Outcome> outcomes) {

    private static final double ALL = 100.0;

    public ColumnOutcomes {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * What would be in a column.
     *
     * @param filled events with a value
     * @param unfit events where something else is in its place; the column is null there
     * @param absent events where nothing is in its place
     * @param example of what does not fit; null if all fits
     */
    public record Outcome(String column, long filled, long unfit, long absent, String example) {

        static Outcome none(String column) {
            return new Outcome(column, 0, 0, 0, null);
        }

        Outcome plus(long moreFilled, long moreUnfit, long moreAbsent, String another) {
            return new Outcome(
                    column,
                    filled + moreFilled,
                    unfit + moreUnfit,
                    absent + moreAbsent,
                    example == null ? another : example);
        }

        public long events() {
            return filled + unfit + absent;
        }

        private String words(LocalDate date) {
            return column + " would be filled for " + share(filled) + " of the last day (" + Words.count(events())
                    + " events of " + date + ")"
                    + (unfit == 0 ? "" : "; " + share(unfit) + " unfit, for example " + Quoted.plain(example))
                    + (absent == 0 ? "" : "; " + share(absent) + " have nothing there");
        }

        /** Rounded, but never to all or nothing. */
        private String share(long part) {
            double percent = events() == 0 ? 0 : ALL * part / events();
            String rounded = String.format(Locale.ROOT, "%.1f %%", percent);
            if (part > 0 && rounded.equals("0.0 %")) {
                return "less than 0.1 %";
            }
            return part < events() && rounded.equals("100.0 %") ? "more than 99.9 %" : rounded;
        }
    }

    /** A line for each column. */
    public List<String> words() {
        return outcomes.stream().map(outcome -> outcome.words(date)).toList();
    }

    /** The same as JSON. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("event_date", date.toString());
        root.putArray("columns");
        for (Outcome outcome : outcomes) {
            root.withArray("/columns")
                    .addObject()
                    .put("column", outcome.column())
                    .put("events", outcome.events())
                    .put("filled", outcome.filled())
                    .put("unfit", outcome.unfit())
                    .put("absent", outcome.absent())
                    .put("example", outcome.example());
        }
        return root;
    }
}
