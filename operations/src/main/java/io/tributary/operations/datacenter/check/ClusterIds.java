package io.tributary.operations.datacenter.check;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import io.tributary.ingest.discovery.AdminClientOptions;
import io.tributary.ingest.discovery.KafkaErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/** Asks each server of an entry by itself to which cluster it belongs. A client reaches any of them. */
final class ClusterIds {

    private ClusterIds() {}

    /**
     * Nothing if all servers that answer belong to one cluster.
     *
     * @param servers those that take connections, {@code host:port} each
     * @param timeout for all of them together
     */
    static List<CheckResult> results(DataCenter center, List<String> servers, Secrets secrets, Duration timeout)
            throws InterruptedException {
        List<Admin> clients = new ArrayList<>();
        try {
            Map<String, KafkaFuture<String>> asked = new LinkedHashMap<>();
            for (String server : servers) {
                Admin client = Admin.create(AdminClientOptions.of(center.servedBy(server), secrets, timeout));
                clients.add(client);
                asked.put(server, client.describeCluster().clusterId());
            }
            return results(asked, timeout);
        } finally {
            clients.forEach(client -> client.close(Duration.ZERO));
        }
    }

    private static List<CheckResult> results(Map<String, KafkaFuture<String>> asked, Duration timeout)
            throws InterruptedException {
        List<CheckResult> results = new ArrayList<>();
        Map<String, List<String>> servers = new TreeMap<>();
        long end = System.nanoTime() + timeout.toNanos();
        for (Map.Entry<String, KafkaFuture<String>> answer : asked.entrySet()) {
            try {
                String id = answer.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                servers.computeIfAbsent(id, key -> new ArrayList<>()).add(answer.getKey());
            } catch (ExecutionException | TimeoutException e) {
                results.add(CheckResult.unknown(
                        "cluster",
                        answer.getKey() + " does not tell to which cluster it belongs: " + KafkaErrors.describe(e),
                        "check that it is a broker of this data center"));
            }
        }
        if (servers.size() > 1) {
            results.add(CheckResult.fail(
                    "cluster",
                    "the servers belong to " + servers.size() + " clusters: "
                            + servers.entrySet().stream()
                                    .map(one -> String.join(",", one.getValue()) + " to " + one.getKey())
                                    .collect(Collectors.joining("; ")),
                    "list the brokers of one cluster, and add another data center for each of the others"));
        }
        return results;
    }
}
