package io.tributary.lab.run;

import io.tributary.columns.Columns;
import io.tributary.config.DedupConfig;
import io.tributary.lab.evaluate.Comparison;
import io.tributary.lab.evaluate.DataCenterReport;
import io.tributary.lab.evaluate.Differences;
import io.tributary.lab.evaluate.Examples;
import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.GroundTruth;
import io.tributary.lab.evaluate.LakeWork;
import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.evaluate.RecordLookup;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.Fingerprint;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.TruthFiles;
import io.tributary.lake.view.LakeSql;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** The last look at the lake: everything that it shows against everything that was ever sent to it. */
final class Verifier {

    private static final int ROWS_NAMED = 3;

    private final LakeSql sql;
    private final Lake lake;
    private final DedupConfig dedup;
    private final List<String> dataCenters;
    private final TruthFiles files;

    Verifier(LakeSql sql, Lake lake, DedupConfig dedup, List<String> dataCenters, TruthFiles files) {
        this.sql = sql;
        this.lake = lake;
        this.dedup = dedup;
        this.dataCenters = List.copyOf(dataCenters);
        this.files = files;
    }

    /**
     * Reads the lake once more, also for the observer, and says what came of it all.
     *
     * @param standing how far the pipeline has come
     * @param orders what operators have ordered, and so is to be seen otherwise than it was sent
     */
    Report report(
            Observer observer,
            CommitTracker.Standing standing,
            AbandonedTopics abandoned,
            Orders orders,
            long residentMegabytes,
            List<String> troubles,
            Clock clock) {
        WantedRecords wanted =
                new WantedRecords(abandoned, orders, standing.readProgress(), new GroundTruth(dedup.timeTolerance()));
        files.forEach(wanted::add);
        GroundTruth truth = wanted.truth();
        Comparison comparison = compare(truth, observer, clock);
        LakeWork work = new LakeWork(
                standing.merges(),
                observer.polls(),
                dataFiles(lake.staging()),
                dataFiles(lake.merged()),
                residentMegabytes);
        return new Report(
                comparison.rows(),
                comparison.quarantinedRows(),
                wanted.exempt(),
                differences(comparison, observer, wanted.erased()),
                observer.freshness(),
                observer.freshnessOnTime(),
                work,
                dataCenters(truth, standing, observer),
                troubles);
    }

    private Comparison compare(GroundTruth truth, Observer observer, Clock clock) {
        Comparison comparison = new Comparison(truth);
        long asked = clock.millis();
        try (Observer.Poll poll = observer.poll(asked, asked, Observer.EVERYTHING)) {
            LakeRows.forEach(
                    sql.query(LakeRows.sqlWithContent(lake.names().view(), dedup.scope(), dataCenters)), row -> {
                        row.addTo(poll);
                        comparison.visible(row.high(), row.low(), row.timeMicros(), row.payloadHash());
                    });
        }
        sql.query("SELECT " + String.join(", ", Columns.COORDINATES) + " FROM "
                        + lake.names().quarantine())
                .toLocalIterator()
                .forEachRemaining(row -> comparison.quarantined(LakeRows.coordinates(row, 0)));
        return comparison;
    }

    private Differences differences(Comparison comparison, Observer observer, Set<Fingerprint> erased) {
        Examples<Fingerprint> gone = observer.goneAgain(erased);
        Examples<Fingerprint> erasedShown = comparison.erasedShown().plus(observer.backAgain(erased));
        List<Fingerprint> examples = Stream.of(
                        comparison.missing(),
                        observer.shownTwice(),
                        gone,
                        comparison.unexpected(),
                        erasedShown,
                        comparison.mismatched(),
                        comparison.notQuarantined())
                .flatMap(findings -> findings.examples().stream())
                .toList();
        RecordLookup sent = RecordLookup.of(examples, files);
        Map<Fingerprint, String> shown = shown(examples);
        return new Differences(
                describe(comparison.missing(), sent, shown),
                describe(observer.shownTwice(), sent, shown),
                describe(gone, sent, shown),
                describe(comparison.unexpected(), sent, shown),
                describe(erasedShown, sent, shown),
                describe(comparison.mismatched(), sent, shown),
                describe(comparison.notQuarantined(), sent, shown),
                comparison.wronglyQuarantined().map(Coordinates::toString));
    }

    private static Examples<String> describe(
            Examples<Fingerprint> findings, RecordLookup sent, Map<Fingerprint, String> shown) {
        return findings.map(example -> sent.of(example) + "; " + shown.getOrDefault(example, "not shown"));
    }

    /** The rows that the view shows for a few identities. */
    private Map<Fingerprint, String> shown(List<Fingerprint> examples) {
        Map<Fingerprint, String> words = new HashMap<>();
        if (examples.isEmpty()) {
            return words;
        }
        String identity = LakeRows.identity(dedup.scope());
        String hashes = examples.stream().map(example -> example.high() + "L").collect(Collectors.joining(", "));
        List<Row> rows = sql.query("SELECT xxhash64(" + identity + "), xxhash64('#', " + identity + "), "
                        + String.join(", ", Columns.COORDINATES) + ", " + Columns.EVENT_ID + " FROM "
                        + lake.names().view() + " WHERE xxhash64(" + identity + ") IN (" + hashes + ") LIMIT "
                        + examples.size() * ROWS_NAMED)
                .collectAsList();
        for (Row row : rows) {
            words.merge(
                    new Fingerprint(row.getLong(0), row.getLong(1)),
                    row.getString(2 + Columns.COORDINATES.size()) + " shown from " + LakeRows.coordinates(row, 2),
                    (first, next) -> first + ", " + next);
        }
        return words;
    }

    private long dataFiles(String table) {
        return sql.query("DESCRIBE DETAIL delta.`" + table + "`")
                .select("numFiles")
                .first()
                .getLong(0);
    }

    private List<DataCenterReport> dataCenters(GroundTruth truth, CommitTracker.Standing standing, Observer observer) {
        SortedSet<String> names = new TreeSet<>(dataCenters);
        names.addAll(truth.sent().keySet());
        names.addAll(standing.processed().keySet());
        List<DataCenterReport> reports = new ArrayList<>();
        for (String name : names) {
            int index = dataCenters.indexOf(name);
            reports.add(new DataCenterReport(
                    name,
                    truth.sent().getOrDefault(name, SentCounts.EMPTY),
                    standing.of(name),
                    index < 0 ? Freshness.NONE : observer.freshness(index)));
        }
        return reports;
    }
}
