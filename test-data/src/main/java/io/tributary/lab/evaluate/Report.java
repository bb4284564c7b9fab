package io.tributary.lab.evaluate;

import io.tributary.lab.truth.SentCounts;
import java.util.List;

/**
 * The outcome of a run: exact only if everything that was sent and is not exempt shows once and as it was sent, nothing else
 * shows or ever showed, and exactly the malformed records are in the quarantine.
 *
 * @param visible rows of the view
 * @param quarantined rows of the quarantine
 * @param exempt what nobody is to see, because an operator wanted it so
 * @param troubles what went wrong with the run itself; a run in trouble is never exact
 */
public record Report(
        long visible,
        long quarantined,
        Exempt exempt,
        Differences differences,
        Freshness freshness,
        Freshness freshnessOnTime,
        LakeWork work,
        List<DataCenterReport> dataCenters,
        List<String> troubles) {

    public Report {
        dataCenters = List.copyOf(dataCenters);
        troubles = List.copyOf(troubles);
    }

    public SentCounts sent() {
        return dataCenters.stream().map(DataCenterReport::sent).reduce(SentCounts.EMPTY, SentCounts::plus);
    }

    public boolean isExact() {
        return troubles.isEmpty()
                && differences.isNone()
                && visible == sent().events() - exempt.erased()
                && quarantined == sent().malformed() - exempt.rejectedErased();
    }

    public String verdict() {
        return isExact() ? "exact" : "not exact";
    }

    /** For people: aligned lines of plain text. */
    public String text() {
        return ReportText.of(this);
    }

    /** For programs: one JSON object. */
    public String json() {
        return ReportJson.of(this);
    }
}
