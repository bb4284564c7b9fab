package io.tributary.lab.loadtest;

import io.tributary.lab.profile.ProfileFault;
import java.util.function.Consumer;

/** Faults of the jobs, and those of sites and clusters beside them. */
final class JobFaults implements Disturbances.Targets {

    private final MeasuredJobs jobs;
    private final FaultSites sites;
    private final Consumer<String> say;

    JobFaults(MeasuredJobs jobs, FaultSites sites, Consumer<String> say) {
        this.jobs = jobs;
        this.sites = sites;
        this.say = say;
    }

    @Override
    public void begin(ProfileFault fault) {
        if (fault.kind().isOfTransport()) {
            sites.begin(fault);
            return;
        }
        say.accept("fault: " + fault.words());
        switch (fault.kind()) {
            case INGEST_FROZEN -> jobs.ingest().freeze();
            case INGEST_KILLED -> jobs.restartIngest();
            case MERGE_KILLED -> jobs.restartMerge();
            default -> throw new IllegalArgumentException(fault.kind() + " is not done to a job");
        }
    }

    @Override
    public void end(ProfileFault fault) {
        if (fault.kind().isOfTransport()) {
            sites.end(fault);
            return;
        }
        jobs.ingest().thaw();
        say.accept("over: " + fault.words());
    }
}
