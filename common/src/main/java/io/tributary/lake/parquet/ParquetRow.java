package io.tributary.lake.parquet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/** One row, or a struct in one. A column that the file does not have is null, as for a file from before the column. */
public final class ParquetRow {

    private final Group group;

    ParquetRow(Group group) {
        this.group = group;
    }

    /** Empty if it is null. */
    public Optional<String> text(String column) {
        return isThere(column) ? Optional.of(group.getBinary(column, 0).toStringUsingUTF8()) : Optional.empty();
    }

    /** Empty if it is null. */
    public Optional<byte[]> bytes(String column) {
        return isThere(column) ? Optional.of(group.getBinary(column, 0).getBytes()) : Optional.empty();
    }

    /** A column of 32 bits that is not null. */
    public int integer(String column) {
        return group.getInteger(column, 0);
    }

    /** A column of 64 bits; empty if it is null. */
    public Optional<Long> number(String column) {
        return isThere(column) ? Optional.of(group.getLong(column, 0)) : Optional.empty();
    }

    /** A time, which all tables of a lake hold in microseconds; empty if it is null. */
    public Optional<Instant> time(String column) {
        return number(column).map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** A struct; empty if it is null. */
    public Optional<ParquetRow> struct(String column) {
        return isThere(column) ? Optional.of(new ParquetRow(group.getGroup(column, 0))) : Optional.empty();
    }

    /** A map of texts, where a value that is null is empty; without entries if it is null. */
    public Map<String, Optional<String>> texts(String column) {
        Map<String, Optional<String>> texts = new HashMap<>();
        if (isThere(column)) {
            Group entries = group.getGroup(column, 0);
            for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
                ParquetRow entry = new ParquetRow(entries.getGroup(0, i));
                texts.put(entry.text("key").orElse(""), entry.text("value"));
            }
        }
        return texts;
    }

    private boolean isThere(String column) {
        return group.getType().containsField(column) && group.getFieldRepetitionCount(column) > 0;
    }
}
