package io.tributary.operations.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.log.DeltaLogReader;
import io.tributary.lake.log.PrefetchingReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the end of one table's log, newest first and block by block, until there is enough. How long the log is does not
 * matter: its end is found from the last checkpoint on.
 */
public final class LogTailReader {

    private final DeltaLogReader log;
    private final PrefetchingReader ahead;

    /** @param table the table's root */
    public LogTailReader(String table, Configuration hadoop, PrefetchingReader ahead) {
        this.log = DeltaLogReader.withoutChecksums(table, hadoop);
        this.ahead = ahead;
    }

    /** One commit; without content if its file cannot be read. */
    private record Entry(long version, Optional<Commit> commit, long filesAdded) {}

    /** The version of the newest commit; -1 if there is no table. */
    public long newestVersion() {
        OptionalLong checkpoint = log.lastCheckpoint();
        if (checkpoint.isEmpty() && !log.exists(0)) {
            return log.newestVersion();
        }
        return log.highestVersion(checkpoint.orElse(0), ahead);
    }

    /**
     * The newest commits.
     *
     * @param maxCommits how many to read at most, rounded up to whole blocks
     * @param isEnough whether these, newest first, need none before them; asked after each block
     */
    public LakeTail.Table read(int maxCommits, Predicate<List<Commit>> isEnough) {
        long newest = newestVersion();
        Optional<DeltaLogReader.Checkpoint> checkpoint = log.checkpoint();
        List<Entry> entries = new ArrayList<>();
        long from = newest + 1;
        while (from > 0 && entries.size() < maxCommits) {
            long until = from;
            from = Math.max(0, until - PrefetchingReader.WINDOW);
            List<Entry> block = block(from, until);
            Collections.reverse(block);
            entries.addAll(block);
            boolean isExpired = block.stream().allMatch(entry -> entry.commit().isEmpty());
            if (isExpired || isEnough.test(commits(entries))) {
                break;
            }
        }
        return table(entries, from == 0, newest, checkpoint);
    }

    /**
     * Commits at even distances, from the first that was made at or after a time, which is found by halving, to the newest.
     *
     * @param max how many to read at most
     */
    public List<Commit> sample(Instant since, int max) {
        long newest = newestVersion();
        long before = -1;
        long from = newest;
        while (from - before > 1) {
            long middle = (before + from) / 2;
            if (isBefore(entry(middle), since)) {
                before = middle;
            } else {
                from = middle;
            }
        }
        long first = from;
        long step = Math.max(1, (newest - first + max) / max);
        List<Entry> entries = new ArrayList<>();
        ahead.read(0, Math.max(0, (newest - first) / step + 1), i -> entry(first + i * step))
                .forEachRemaining(entries::add);
        return commits(entries);
    }

    /** What is not there any more is older than what is. */
    private static boolean isBefore(Entry entry, Instant time) {
        return entry.commit()
                .filter(commit -> commit.timestamp() >= time.toEpochMilli())
                .isEmpty();
    }

    private static LakeTail.Table table(
            List<Entry> newestFirst, boolean isWhole, long newest, Optional<DeltaLogReader.Checkpoint> checkpoint) {
        List<Commit> commits = new ArrayList<>(commits(newestFirst));
        Collections.reverse(commits);
        // What is missing before the oldest that is there has expired.
        long oldest = commits.isEmpty() ? newest + 1 : commits.get(0).version();
        long unreadable = newestFirst.stream()
                .filter(entry -> entry.version() > oldest && entry.commit().isEmpty())
                .count();
        boolean beginsAtTheFirst = isWhole && oldest == 0;
        return new LakeTail.Table(
                commits, beginsAtTheFirst, files(newestFirst, beginsAtTheFirst, newest, checkpoint), unreadable);
    }

    private static List<Commit> commits(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.commit().stream()).toList();
    }

    /** The files at the last checkpoint, with what was added and removed since. */
    private static OptionalLong files(
            List<Entry> entries, boolean isWhole, long newest, Optional<DeltaLogReader.Checkpoint> checkpoint) {
        long since = checkpoint.map(DeltaLogReader.Checkpoint::version).orElse(-1L);
        OptionalLong base = checkpoint
                .map(DeltaLogReader.Checkpoint::files)
                .orElse(isWhole ? OptionalLong.of(0) : OptionalLong.empty());
        List<Entry> later =
                entries.stream().filter(entry -> entry.version() > since).toList();
        boolean isKnown = base.isPresent()
                && later.size() == newest - since
                && later.stream().allMatch(entry -> entry.commit().isPresent());
        return isKnown
                ? OptionalLong.of(base.getAsLong()
                        + later.stream().mapToLong(Entry::filesAdded).sum())
                : OptionalLong.empty();
    }

    private List<Entry> block(long from, long until) {
        List<Entry> block = new ArrayList<>();
        Iterator<Entry> read = ahead.read(from, until, this::entry);
        read.forEachRemaining(block::add);
        return block;
    }

    private Entry entry(long version) {
        try {
            return log.read(version, lines -> parse(version, lines))
                    .orElseGet(() -> new Entry(version, Optional.empty(), 0));
        } catch (OperatorActionException e) {
            // A damaged file is the audit's to judge; here it counts as one that cannot be read.
            return new Entry(version, Optional.empty(), 0);
        }
    }

    private static Entry parse(long version, BufferedReader lines) throws IOException {
        Optional<Commit> commit = Optional.empty();
        long filesAdded = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"add\"")) {
                filesAdded++;
            } else if (line.startsWith("{\"remove\"")) {
                filesAdded--;
            } else if (commit.isEmpty()) {
                Optional<JsonNode> info = DeltaLogReader.action(line, "commitInfo");
                commit = info.map(own -> Commit.of(version, own));
            }
        }
        return new Entry(version, commit, filesAdded);
    }
}
