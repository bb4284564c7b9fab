package io.tributary.lab.loadtest;

import io.tributary.lab.evaluate.Report;
import java.util.List;
import java.util.Map;

/**
 * What phase 2 has shown.
 *
 * @param isBalanced whether the audit, of the data too, found nothing
 * @param events of everything that showed, its times
 * @param lake what the tables' logs tell
 * @param batchParts how long the parts of each batch took by Spark's own measurement, in milliseconds, by batch
 */
record PipelineOutcome(
        Report verdict,
        boolean isBalanced,
        LoadStart start,
        SendTimes times,
        EventTimes events,
        LakeTimes lake,
        List<Sampler.Sample> samples,
        List<Disturbances.Done> faults,
        Map<Long, Map<String, Long>> batchParts,
        List<GcLog.Pause> ingestPauses,
        List<GcLog.Pause> mergePauses) {}
