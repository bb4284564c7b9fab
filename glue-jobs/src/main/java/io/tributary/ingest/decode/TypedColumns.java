package io.tributary.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.values.SurrogateRepair;
import io.tributary.values.TimeReader;
import io.tributary.values.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the typed columns of a record. */
final class TypedColumns {

    private record TypedColumn(Place place, ValueReader reader) {}

    private final List<TypedColumn> columns;

    private TypedColumns(List<TypedColumn> columns) {
        this.columns = columns;
    }

    /**
     * What was read of one record.
     *
     * @param values in the order of the configuration; null where a value is absent or was not cast
     * @param castFailures how many did not fit their type, or held characters that are no text
     */
    record Values(List<Object> values, int castFailures) {}

    static TypedColumns of(DecodeRules rules) {
        return new TypedColumns(rules.columns().stream()
                .map(column -> new TypedColumn(
                        Place.of(column.from()),
                        new ValueReader(column.type(), TimeReader.ofColumn(column, rules.timeFormats(), rules.zone()))))
                .toList());
    }

    List<Place> places() {
        return columns.stream().map(TypedColumn::place).toList();
    }

    Values in(RecordParts record) {
        List<Object> values = new ArrayList<>(columns.size());
        int castFailures = 0;
        for (TypedColumn column : columns) {
            JsonNode node = column.place().in(record);
            Object value = null;
            if (!RecordDecoder.absent(node)) {
                Optional<Object> read = column.reader().read(node);
                value = read.map(TypedColumns::wellFormed).orElse(null);
                castFailures += read.isPresent() && read.get() == value ? 0 : 1;
            }
            values.add(value);
        }
        return new Values(values, castFailures);
    }

    private static Object wellFormed(Object value) {
        return value instanceof String text ? SurrogateRepair.of(text) : value;
    }
}
