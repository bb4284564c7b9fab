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

    private final FaultTargets site;

    ClusterFaults(FaultTargets site) {
        this.site = site;
    }

    void stop(Fault fault) {
        String name = fault.dataCenter();
        if (fault.isFirstOfTwo()) {
            site.clusters().process(name).terminate();
        } else {
            site.clusters().process(name).killAndWait();
        }
        site.say(name + (fault.isFirstOfTwo() ? " is shut down" : " is killed"));
        site.pause(fault.lasts());
        site.clusters().process(name).close();
        restart(name);
    }

    void freeze(Fault fault) {
        String name = fault.dataCenter();
        site.clusters().process(name).freeze();
        site.say(name + " hangs");
        site.pause(fault.lasts());
        site.clusters().process(name).thaw();
        site.say(name + " goes on");
    }

    /** The plan is stored and not answered yet when the cluster goes, so reading has not begun. */
    void killBeforeReading(Fault fault) {
        String name = fault.dataCenter();
        S3Rule rule = S3Rule.holdAfter(fault.kind().word() + "-" + fault.round(), PLAN);
        String plan = site.hold(rule);
        if (fault.isFirstOfTwo()) {
            site.clusters().process(name).killAndWait();
        } else {
            site.clusters().process(name).freeze();
        }
        site.s3().letPass(rule);
        site.say(name + (fault.isFirstOfTwo() ? " is killed" : " hangs") + " after "
                + plan.replaceFirst(".*/offsets/", "the planning of batch "));
        site.pause(fault.lasts());
        if (fault.isFirstOfTwo()) {
            restart(name);
        } else {
            site.clusters().process(name).thaw();
            site.say(name + " goes on");
        }
    }

    /** All its consumers together get less than the load that is sent through it. */
    void throttle(Fault fault) {
        String name = fault.dataCenter();
        double bytesPerSecond = fault.isFirstOfTwo() ? 1_200 : 20_000;
        setQuota(name, bytesPerSecond);
        site.say(name + " gives " + (long) bytesPerSecond + " bytes a second");
        site.pause(fault.lasts());
        setQuota(name, null);
        site.say(name + " gives what is asked for");
    }

    private void setQuota(String name, Double bytesPerSecond) {
        Map<String, String> everyClient = new TreeMap<>();
        everyClient.put(ClientQuotaEntity.CLIENT_ID, null);
        ClientQuotaAlteration quota = new ClientQuotaAlteration(
                new ClientQuotaEntity(everyClient),
                List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond)));
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", site.clusters().servers().get(name)))) {
            admin.alterClientQuotas(List.of(quota)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The quota of " + name + " cannot be set", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the quota of " + name + " was set", e);
        }
    }

    private void restart(String name) {
        site.clusters().start(name);
        site.say(name + " is up again");
    }
}
