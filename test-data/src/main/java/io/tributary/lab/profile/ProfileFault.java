package io.tributary.lab.profile;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A fault that is done while a load is sent.
 *
 * @param at from the start of the load
 * @param lasts how long its cause stays; zero for one that is over at once
 * @param dataCenter to whom it is done, where it is done to one
 */
public record ProfileFault(Kind kind, Duration at, Duration lasts, Optional<String> dataCenter) {

    /** What a fault does. */
    public enum Kind {
        /** A site cannot send: it keeps what happens, and sends all of it at once when it is over. */
        SITE_SILENT(true, true, false),
        /** A cluster hangs. */
        CLUSTER_FROZEN(true, true, true),
        /** A cluster is down. */
        CLUSTER_STOPPED(true, true, true),
        /** The streaming job hangs. */
        INGEST_FROZEN(false, true, false),
        /** The streaming job is killed and started again at once. */
        INGEST_KILLED(false, false, false),
        /** The merge job is killed and started again at once. */
        MERGE_KILLED(false, false, false);

        private final boolean isOfDataCenter;
        private final boolean lasts;
        private final boolean isOfCluster;

        Kind(boolean isOfDataCenter, boolean lasts, boolean isOfCluster) {
            this.isOfDataCenter = isOfDataCenter;
            this.lasts = lasts;
            this.isOfCluster = isOfCluster;
        }

        public boolean isOfDataCenter() {
            return isOfDataCenter;
        }

        /** Whether its cause stays for a while. */
        public boolean lasts() {
            return lasts;
        }

        boolean isOfCluster() {
            return isOfCluster;
        }

        /** Whether it is done to what carries the events to the pipeline, not to the pipeline. */
        public boolean isOfTransport() {
            return isOfDataCenter;
        }

        /** The name that files and reports give it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When its cause is gone, from the start of the load. */
    public Duration end() {
        return at.plus(lasts);
    }

    /** In words, for reports. */
    public String words() {
        return kind.word().replace('_', ' ')
                + dataCenter.map(name -> " (" + name + ")").orElse("");
    }
}
