package io.tributary.lab.chaos;

/** Does what a schedule says; when it returns, the cause of the fault is gone. */
final class FaultInjector {

    private static final int INTERNAL_ERROR = 500;
    private static final int SLOW_DOWN = 503;

    private final JobFaults jobs;
    private final ClusterFaults clusters;
    private final TopicFaults topics;
    private final S3Faults s3;
    private final DataCentersFileFaults members;
    private final ConfigurationFaults configuration;

    FaultInjector(
            JobFaults jobs,
            ClusterFaults clusters,
            TopicFaults topics,
            S3Faults s3,
            DataCentersFileFaults members,
            ConfigurationFaults configuration) {
        this.jobs = jobs;
        this.clusters = clusters;
        this.topics = topics;
        this.s3 = s3;
        this.members = members;
        this.configuration = configuration;
    }

    void inject(Fault fault) {
        switch (fault.kind()) {
            case INGEST_KILLED -> jobs.killIngest();
            case INGEST_KILLED_BETWEEN_COMMITS -> jobs.killIngestBetweenCommits(fault);
            case INGEST_KILLED_AFTER_COMMIT -> jobs.killIngestAfterCommit(fault);
            case MERGE_KILLED -> jobs.killMerge();
            case MERGE_KILLED_BEFORE_COMMIT -> jobs.killMergeBeforeCommit(fault);
            case TWO_DRIVERS -> jobs.runTwice(fault);
            case DRIVERS_PAUSED -> jobs.pauseDrivers(fault);
            case CONFIGURATION_CHANGED -> configuration.change(fault);
            case CLUSTER_STOPPED -> clusters.stop(fault);
            case CLUSTER_FROZEN -> clusters.freeze(fault);
            case CLUSTER_KILLED_BEFORE_READING -> clusters.killBeforeReading(fault);
            case DATA_CENTERS_CHANGED -> members.edit(fault);
            case TOPIC_RECREATED -> topics.recreate(fault);
            case S3_500 -> s3.refuse(fault, INTERNAL_ERROR);
            case S3_503 -> s3.refuse(fault, SLOW_DOWN);
            case S3_SLOW -> s3.delay(fault);
            case S3_DROPPED_AFTER_STORE -> s3.dropAfterStore(fault);
            case CHECKPOINT_DELETED -> jobs.deleteCheckpoint(fault);
            case FIRST_BATCH_KILLED -> jobs.killFirstBatch(fault);
            case STATE_DAMAGED -> jobs.damageState(fault);
            case HOSTILE_RECORDS -> members.sendHostile(fault);
            case CLUSTER_THROTTLED -> clusters.throttle(fault);
            case TOPIC_MISSING -> members.nameMissingTopic(fault);
            case DATA_CENTERS_MISTAKEN -> members.spoilFile(fault);
            case CLOCK_SET_BACK -> jobs.setClockBack(fault);
        }
    }
}
