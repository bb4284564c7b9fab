package io.tributary.lab.evaluate;

import io.tributary.lab.truth.SentCounts;
import java.util.List;

/**
 * The outcome of a run: exact only if everything that was sent and not erased shows once and as it was sent, nothing else
 * shows or ever showed, and exactly the malformed records are in the quarantine.
 *
 * @param visible rows of the view
 * @param quarantined rows of the quarantine
 * @param lost records of topics that were deleted before they were read; nothing of them is to be seen
 * @param erased events that were sent and erased; nothing of them is to be seen
 * @param troubles what went wrong with the run itself; a run in trouble is never exact
 */
public record Report(
        long visible,
        long quarantined,
        long lost,
        long erased,
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
                && visible == sent().events() - erased
                && quarantined == sent().malformed();
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
