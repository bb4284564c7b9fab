package io.tributary.lab.chaos;

import io.tributary.lab.s3.S3Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** Faults of one data center's Kafka. */
final class ClusterFaults {

    /** What Spark writes down of a batch before it reads it. */
    static final String PLAN = ".*/_checkpoint/[^/]+/offsets/\\d+";

    private final FaultTargets targets;

    ClusterFaults(FaultTargets targets) {
        this.targets = targets;
    }

    void stop(Fault fault) {
        String name = fault.dataCenter();
        if (fault.isFirstOfTwo()) {
            targets.clusters().process(name).terminate();
        } else {
            targets.clusters().process(name).killAndWait();
        }
        targets.say(name + (fault.isFirstOfTwo() ? " is shut down" : " is killed"));
        targets.pause(fault.lasts());
        targets.clusters().process(name).close();
        restart(name);
    }

    void freeze(Fault fault) {
        String name = fault.dataCenter();
        targets.clusters().process(name).freeze();
        targets.say(name + " hangs");
        targets.pause(fault.lasts());
        targets.clusters().process(name).thaw();
        targets.say(name + " goes on");
    }

    /** The plan is stored and not answered yet when the cluster goes, so reading has not begun. */
    void killBeforeReading(Fault fault) {
        String name = fault.dataCenter();
        S3Rule rule = S3Rule.holdAfter(fault.kind().word() + "-" + fault.round(), PLAN);
        String plan = targets.hold(rule);
        if (fault.isFirstOfTwo()) {
            targets.clusters().process(name).killAndWait();
        } else {
            targets.clusters().process(name).freeze();
        }
        targets.s3().letPass(rule);
        targets.say(name + (fault.isFirstOfTwo() ? " is killed" : " hangs") + " after "
                + plan.replaceFirst(".*/offsets/", "the planning of batch "));
        targets.pause(fault.lasts());
        if (fault.isFirstOfTwo()) {
            restart(name);
        } else {
            targets.clusters().process(name).thaw();
            targets.say(name + " goes on");
        }
    }

    /** All its consumers together get less than the load that is sent through it. */
    void throttle(Fault fault) {
        String name = fault.dataCenter();
        double bytesPerSecond = fault.isFirstOfTwo() ? 1_200 : 20_000;
        setQuota(name, bytesPerSecond);
        targets.say(name + " gives " + (long) bytesPerSecond + " bytes a second");
        targets.pause(fault.lasts());
        setQuota(name, null);
        targets.say(name + " gives what is asked for");
    }

    private void setQuota(String name, Double bytesPerSecond) {
        Map<String, String> everyClient = new TreeMap<>();
        everyClient.put(ClientQuotaEntity.CLIENT_ID, null);
        ClientQuotaAlteration quota = new ClientQuotaAlteration(
                new ClientQuotaEntity(everyClient),
                List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond)));
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", targets.clusters().servers().get(name)))) {
            admin.alterClientQuotas(List.of(quota)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The quota of " + name + " cannot be set", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the quota of " + name + " was set", e);
        }
    }

    private void restart(String name) {
        targets.clusters().start(name);
        targets.say(name + " is up again");
    }
}
