package io.tributary.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.log.DeltaLogReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one file of a Delta log: who made the commit, what it says about itself, and what it did to the files. */
final class EntryParser {

    private static final JsonFactory TOKENS = new JsonFactory();
    private static final String NUM_RECORDS = "numRecords";

    private EntryParser() {}

    /** @param text the file's content, one action a line */
    static LogEntry parse(long version, String text) {
        Optional<Commit> commit = Optional.empty();
        Tally tally = new Tally();
        try {
            for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
                String line = lines.next();
                Optional<JsonNode> added = DeltaLogReader.action(line, "add");
                Optional<JsonNode> removed = DeltaLogReader.action(line, "remove");
                Optional<JsonNode> info = DeltaLogReader.action(line, "commitInfo");
                if (added.isPresent()) {
                    tally.add(added.get());
                } else if (removed.isPresent()) {
                    tally.remove(removed.get());
                } else if (info.isPresent()) {
                    commit = info.map(own -> Commit.of(version, own));
                } else if (!line.isBlank() && !line.endsWith("}")) {
                    return new LogEntry.Unreadable(version, "a line that ends in the middle");
                }
            }
        } catch (IOException | RuntimeException e) { // Whatever a changed file makes of the readers is one finding.
            return new LogEntry.Unreadable(version, String.valueOf(e.getMessage()));
        }
        return commit.<LogEntry>map(known -> new LogEntry.Committed(known, tally.changes()))
                .orElseGet(() -> new LogEntry.Unreadable(version, "a file without commitInfo"));
    }

    /** What the files of one commit add up to. */
    private static final class Tally {

        private final SortedMap<String, Long> netRows = new TreeMap<>();
        private final SortedMap<String, Long> netFiles = new TreeMap<>();
        private final SortedSet<String> uncounted = new TreeSet<>();
        private long filesAdded;
        private long rowsAdded;
        private long filesRemoved;
        private long rowsRemoved;

        void add(JsonNode file) throws IOException {
            long rows = rows(file);
            filesAdded++;
            rowsAdded += rows;
            netRows.merge(partition(file), rows, Long::sum);
            netFiles.merge(partition(file), 1L, Long::sum);
        }

        void remove(JsonNode file) throws IOException {
            long rows = rows(file);
            filesRemoved++;
            rowsRemoved += rows;
            netRows.merge(partition(file), -rows, Long::sum);
            netFiles.merge(partition(file), -1L, Long::sum);
        }

        FileChanges changes() {
            return new FileChanges(filesAdded, rowsAdded, filesRemoved, rowsRemoved, uncounted, netRows, netFiles);
        }

        private long rows(JsonNode file) throws IOException {
            OptionalLong records = numRecords(file.path("stats").asText(""));
            if (records.isEmpty()) {
                uncounted.add(partition(file));
                return 0;
            }
            return records.getAsLong()
                    - file.path("deletionVector").path("cardinality").asLong();
        }

        private static String partition(JsonNode file) {
            StringJoiner values = new StringJoiner("/");
            file.path("partitionValues").forEach(value -> values.add(value.isNull() ? "" : value.asText()));
            return values.toString();
        }

        /** Statistics begin with the number; the rest, much longer, is not looked at. */
        private static OptionalLong numRecords(String statistics) throws IOException {
            try (JsonParser parser = TOKENS.createParser(statistics)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    if (parser.currentName().equals(NUM_RECORDS)) {
                        return OptionalLong.of(parser.nextLongValue(0));
                    }
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
            return OptionalLong.empty();
        }
    }
}
