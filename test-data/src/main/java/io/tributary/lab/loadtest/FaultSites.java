package io.tributary.lab.loadtest;

import io.tributary.lab.profile.ProfileFault;
import java.util.function.Consumer;

/** Faults of sites and clusters, which are the transport's in both phases. */
final class FaultSites implements Disturbances.Targets {

    private final ClustersOfRun clusters;
    private final Consumer<String> silence;
    private final Consumer<String> resume;
    private final Consumer<String> say;

    /**
     * @param silence keeps back what a data center is to send
     * @param resume sends what was kept back
     */
    FaultSites(ClustersOfRun clusters, Consumer<String> silence, Consumer<String> resume, Consumer<String> say) {
        this.clusters = clusters;
        this.silence = silence;
        this.resume = resume;
        this.say = say;
    }

    @Override
    public void begin(ProfileFault fault) {
        String name = fault.dataCenter().orElseThrow();
        say.accept("fault: " + fault.words());
        switch (fault.kind()) {
            case SITE_SILENT -> silence.accept(name);
            case CLUSTER_FROZEN -> clusters.process(name).freeze();
            case CLUSTER_STOPPED -> clusters.process(name).killAndWait();
            default -> throw new IllegalArgumentException(fault.kind() + " is not done to a site");
        }
    }

    @Override
    public void end(ProfileFault fault) {
        String name = fault.dataCenter().orElseThrow();
        switch (fault.kind()) {
            case SITE_SILENT -> resume.accept(name);
            case CLUSTER_FROZEN -> clusters.process(name).thaw();
            case CLUSTER_STOPPED -> clusters.restart(name);
            default -> throw new IllegalArgumentException(fault.kind() + " is not done to a site");
        }
        say.accept("over: " + fault.words());
    }
}
