package io.tributary.lab.chaos;

import java.time.Duration;
import java.util.Locale;

/** What a fault does. Each kind has the range of times that its cause lasts. */
public enum FaultKind {
    /** The streaming job is killed. */
    INGEST_KILLED(0, 0),
    /** The streaming job is killed after a batch's quarantine commit and before its staging commit. */
    INGEST_KILLED_BETWEEN_COMMITS(2, 12),
    /** The streaming job is killed when its staging commit is stored and not answered. */
    INGEST_KILLED_AFTER_COMMIT(0, 0),
    /** The merge job is killed. */
    MERGE_KILLED(0, 0),
    /** The merge job is killed when its files are written and not committed. */
    MERGE_KILLED_BEFORE_COMMIT(2, 12),
    /** Both jobs run twice. */
    TWO_DRIVERS(6, 12),
    /** Both jobs are paused, others take their place, and the paused ones wake. */
    DRIVERS_PAUSED(6, 12),
    /** Both jobs are started with another configuration. */
    CONFIGURATION_CHANGED(0, 0),
    /** A cluster is down. */
    CLUSTER_STOPPED(4, 12),
    /** A cluster hangs. */
    CLUSTER_FROZEN(6, 16),
    /** A cluster dies or hangs when a batch is planned and not read. */
    CLUSTER_KILLED_BEFORE_READING(6, 12),
    /** Data centers are paused, removed and put back, and a new one is added. */
    DATA_CENTERS_CHANGED(6, 9),
    /** The topic of a data center is deleted and recreated. */
    TOPIC_RECREATED(3, 6),
    /** S3 answers with an internal error. */
    S3_500(5, 12),
    /** S3 asks to slow down. */
    S3_503(5, 12),
    /** S3 takes its time. */
    S3_SLOW(8, 14),
    /** S3 stores what is put and does not answer. */
    S3_DROPPED_AFTER_STORE(6, 12),
    /** The streaming job's checkpoint is lost. */
    CHECKPOINT_DELETED(0, 0),
    /** The first batch of a new checkpoint is killed when its staging commit is stored and not answered. */
    FIRST_BATCH_KILLED(0, 0),
    /** Files of the streaming job's state are overwritten. */
    STATE_DAMAGED(0, 0),
    /** A data center sends records that nobody should send. */
    HOSTILE_RECORDS(0, 0),
    /** A cluster gives its consumers few bytes a second. */
    CLUSTER_THROTTLED(10, 20),
    /** A data center names a topic that does not exist. */
    TOPIC_MISSING(6, 12),
    /** The data-centers file cannot be used, and the streaming job is started with it. */
    DATA_CENTERS_MISTAKEN(5, 10),
    /** The streaming job's clock is ten minutes behind. */
    CLOCK_SET_BACK(3, 8);

    private final Duration atLeast;
    private final Duration atMost;

    FaultKind(int atLeastSeconds, int atMostSeconds) {
        this.atLeast = Duration.ofSeconds(atLeastSeconds);
        this.atMost = Duration.ofSeconds(atMostSeconds);
    }

    Duration atLeast() {
        return atLeast;
    }

    Duration atMost() {
        return atMost;
    }

    /** The name that reports give it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
