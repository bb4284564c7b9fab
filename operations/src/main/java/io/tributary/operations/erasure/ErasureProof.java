package io.tributary.operations.erasure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.erasure.ErasurePass;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * What became of an erasure: which commits removed how many rows, and which of the files that held them are gone.
 *
 * @param isComplete whether no writer is left that does not know the erasure
 * @param removals by table, in the order of their versions
 * @param files that held the rows
 */
public record ErasureProof(
        ErasureRequest request,
        boolean isComplete,
        Map<String, List<ErasurePass.Removal>> removals,
        List<HeldFile> files) {

    /** Where a value may be that no command of ours can look into. */
    static final List<String> ELSEWHERE = List.of(
            "Kafka, until the topic's retention deletes the record; a copy that is read from there is left out",
            "earlier object versions of files that compaction or a rollup's update replaced before: until the bucket's lifecycle"
                    + " rule expires them",
            "log files and checkpoints of events_merged from before the removal, whose statistics hold the least and greatest id of"
                    + " a file: until Delta's log retention (30 days) deletes them",
            "the deduplication state of the streaming job, which remembers ids for the dedup window",
            "copies of records that were replayed or backfilled, in _replays/records, until the replay is merged and audited"
                    + " and maintenance has run",
            "rejected records that come in after the command was typed, if no id can be read from them: type it again for them",
            "what others have copied: query results, exports, backups");

    /** Reads what the jobs wrote of it, and looks for the files. No log of a table is read, however long it is. */
    public static ErasureProof of(ErasureRequest request, Lake lake, Configuration hadoop) {
        ErasurePasses passes = ErasurePasses.read(lake.erasures(), new HadoopFiles(hadoop));
        Map<String, List<ErasurePass.Removal>> removals = new LinkedHashMap<>();
        Set<String> held = new LinkedHashSet<>();
        for (ErasurePass pass : passes.all(request.number())) {
            List<ErasurePass.Removal> own = removals.computeIfAbsent(pass.table(), table -> new ArrayList<>());
            for (ErasurePass.Removal removal : pass.removals()) {
                if (own.stream().noneMatch(other -> other.version() == removal.version())) {
                    own.add(removal);
                }
                removal.files().forEach(file -> held.add(lake.root() + "/" + pass.table() + "/" + file));
            }
            own.sort(Comparator.comparingLong(ErasurePass.Removal::version));
        }
        return new ErasureProof(
                request,
                passes.isClosed(request.number()),
                removals,
                new HeldFiles(hadoop).look(List.copyOf(held), lake.root()));
    }

    /** How many files are still there. */
    public long filesLeft() {
        return files.stream().filter(HeldFile::isThere).count();
    }

    /** How many earlier versions the bucket keeps of the files, as far as it is known. */
    public long versionsLeft() {
        return files.stream().mapToLong(HeldFile::versionsLeft).sum();
    }

    /** Deletes the earlier versions of the files that are gone, and gives their number. */
    public int purge(Configuration hadoop) {
        return new HeldFiles(hadoop).purge(files);
    }

    /** Whether the rows are removed and no file that held them is left, nor an earlier version of one. */
    public boolean isFulfilled() {
        return isComplete && filesLeft() == 0 && versionsLeft() == 0;
    }

    /** For people; it names no value. */
    public String text(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("erasure " + request.number() + " of "
                + Words.count(request.identities().size()) + " events and "
                + Words.count(request.rejected().size()) + " rejected records: " + request.condition());
        lines.add("asked for " + seconds(request.at()) + " by " + request.by() + ", because: " + request.because());
        removals.forEach((table, commits) -> {
            if (commits.isEmpty()) {
                lines.add(table + ": searched, no row found");
            }
            commits.forEach(commit -> lines.add(
                    table + " version " + commit.version() + " of " + commit.at() + ": rows removed " + commit.rows()
                            + ", files removed " + commit.files().size()));
        });
        files.forEach(file -> lines.add(file.line()));
        lines.add("may still be in:");
        ELSEWHERE.forEach(place -> lines.add("  " + place));
        lines.add(verdict(now));
        return String.join("\n", lines) + "\n";
    }

    private String verdict(Instant now) {
        if (!isComplete) {
            return "NOT COMPLETE: the merge job removes the rows at its next runs, and completes the erasure once the"
                    + " stream has committed a batch and the merge job has merged it.";
        }
        if (filesLeft() > 0) {
            return (now.isAfter(request.deadline()) ? "OVERDUE: " : "ROWS REMOVED: ") + filesLeft()
                    + " files that held the rows are still there; maintenance is to delete them until "
                    + seconds(request.deadline()) + ".";
        }
        if (versionsLeft() > 0) {
            return (now.isAfter(request.deadline()) ? "OVERDUE: " : "FILES GONE: ") + "the bucket keeps "
                    + versionsLeft()
                    + " earlier versions of the files until its lifecycle rule expires them; tributary erase --purge "
                    + request.number() + " deletes them now.";
        }
        if (removals.values().stream().allMatch(List::isEmpty)) {
            return "NOTHING WAS THERE: no row of it was found, so none was removed. Copies that come are left out. If there"
                    + " should have been one, look at the id.";
        }
        return "ERASED: the rows are removed, the files that held them are gone.";
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same for programs. */
    public String json(Instant now) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("erasure", request.number())
                .put("at", request.at().toString())
                .put("by", request.by())
                .put("because", request.because())
                .put("condition", request.condition())
                .put("deadline", request.deadline().toString())
                .put("events", request.identities().size())
                .put("rejected_records", request.rejected().size())
                .put("complete", isComplete)
                .put("files_left", filesLeft())
                .put("versions_left", versionsLeft())
                .put("fulfilled", isFulfilled());
        ArrayNode commits = root.putArray("removals");
        removals.forEach((table, own) -> own.forEach(removal -> {
            ObjectNode commit = commits.addObject()
                    .put("table", table)
                    .put("version", removal.version())
                    .put("at", removal.at().toString());
            removal.rows().forEach(commit.putObject("rows")::put);
        }));
        ArrayNode held = root.putArray("files");
        files.forEach(file -> held.addObject()
                .put("uri", file.uri())
                .put("gone", !file.isThere())
                .put("earlier_versions", file.earlier().map(List::size).orElse(null)));
        ELSEWHERE.forEach(root.putArray("may_still_be_in")::add);
        root.put("text", verdict(now));
        return root.toPrettyString() + "\n";
    }
}
