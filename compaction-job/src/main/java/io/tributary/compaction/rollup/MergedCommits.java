package io.tributary.compaction.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.account.Account;
import io.tributary.account.MergeAccount;
import io.tributary.event.Columns;
import io.tributary.runtime.OperatorActionException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads from the merged table's log what commits did to its events, and looks whether their files are still there. */
final class MergedCommits {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path table;
    private final FileSystem files;
    private final Map<Long, MergedCommit> known = new HashMap<>();

    MergedCommits(String table, Configuration hadoop) {
        this.table = new Path(table);
        try {
            this.files = this.table.getFileSystem(hadoop);
        } catch (IOException e) {
            throw unreadable(this.table, e);
        }
    }

    /** The commits of the versions above one and up to another; fewer where the log has expired. */
    List<MergedCommit> between(long after, long upTo) {
        List<MergedCommit> commits = new ArrayList<>();
        for (long version = after + 1; version <= upTo; version++) {
            commit(version).ifPresent(commits::add);
        }
        return commits;
    }

    boolean exists(AddedFile file) {
        Path path = path(file);
        try {
            return files.exists(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    Path path(AddedFile file) {
        // The log writes paths as URIs: escaped, and relative unless the table was cloned.
        return new Path(table, new Path(URI.create(file.path())));
    }

    private Optional<MergedCommit> commit(long version) {
        MergedCommit before = known.get(version);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<MergedCommit> read = read(version);
        read.ifPresent(commit -> known.put(version, commit));
        return read;
    }

    private Optional<MergedCommit> read(long version) {
        Path file = new Path(table, "_delta_log/" + String.format(Locale.ROOT, "%020d.json", version));
        Optional<MergeAccount> merge = Optional.empty();
        List<AddedFile> added = new ArrayList<>();
        SortedSet<LocalDate> reduced = new TreeSet<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{\"add\"")) {
                    JsonNode add = JSON.readTree(line).get("add");
                    date(add).ifPresent(date -> added.add(added(add, date)));
                } else if (line.startsWith("{\"remove\"")) {
                    date(JSON.readTree(line).get("remove")).ifPresent(reduced::add);
                } else if (line.startsWith("{\"commitInfo\"")) {
                    merge = merge(JSON.readTree(line).get("commitInfo"));
                }
            }
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
        return Optional.of(new MergedCommit(version, merge, added, reduced));
    }

    private static Optional<MergeAccount> merge(JsonNode info) {
        return Account.parse(info.path("userMetadata").asText())
                .filter(MergeAccount.class::isInstance)
                .map(MergeAccount.class::cast);
    }

    /** The event date of a file whose events were added or removed; none for the cursor, nor for a file that moved. */
    private static Optional<LocalDate> date(JsonNode file) {
        JsonNode date = file.path("partitionValues").path(Columns.EVENT_DATE);
        return file.path("dataChange").asBoolean()
                        && date.isTextual()
                        && !date.asText().isEmpty()
                ? Optional.of(LocalDate.parse(date.asText()))
                : Optional.empty();
    }

    private static AddedFile added(JsonNode add, LocalDate date) {
        try {
            JsonNode statistics = JSON.readTree(add.path("stats").asText("{}"));
            long events = add.hasNonNull("deletionVector")
                    ? -1
                    : statistics.path("numRecords").asLong(-1);
            return new AddedFile(add.required("path").asText(), date, events);
        } catch (IOException e) {
            throw new IllegalArgumentException("statistics that cannot be read: " + e.getMessage(), e);
        }
    }

    private static OperatorActionException unreadable(Path path, Exception e) {
        return new OperatorActionException(
                path + " cannot be read: " + e.getMessage()
                        + ". Check that the lake is reachable and that its files may be listed and read.",
                e);
    }
}
