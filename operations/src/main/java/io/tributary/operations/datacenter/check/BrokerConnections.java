package io.tributary.operations.datacenter.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Opens a connection to each broker, all at once. What is said over it is not its matter. */
final class BrokerConnections {

    private static final String NETWORK =
            "open the way there: the broker's firewall, and the network of the stage (docs/deploying.md)";

    private BrokerConnections() {}

    /** A broker's {@code host:port}, and how it is called in words. */
    record Address(String server, String called) {}

    /** A result for each address, in their order. */
    static List<CheckResult> results(List<Address> addresses, Duration timeout) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "dc-check-connect");
            // A name that does not resolve may hold its thread for longer than anybody waits.
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<Address, Future<CheckResult>> asked = new LinkedHashMap<>();
            addresses.forEach(address -> asked.put(address, threads.submit(() -> result(address, timeout))));
            long end = System.nanoTime() + timeout.toNanos();
            List<CheckResult> results = new ArrayList<>();
            for (Map.Entry<Address, Future<CheckResult>> answer : asked.entrySet()) {
                results.add(awaited(answer.getKey(), answer.getValue(), end, timeout));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static CheckResult awaited(Address address, Future<CheckResult> answer, long end, Duration timeout)
            throws InterruptedException {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), java.util.concurrent.TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            return silent(address, timeout);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a broker's address cannot be dialed: " + address.server(), e);
        }
    }

    private static CheckResult result(Address address, Duration timeout) {
        int colon = address.server().lastIndexOf(':');
        String host = address.server().substring(0, colon).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(address.server().substring(colon + 1));
        long begun = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            return CheckResult.ok(
                    "broker", address.called() + " takes connections, after " + millisSince(begun) + " ms");
        } catch (UnknownHostException e) {
            return CheckResult.fail(
                    "broker",
                    address.called() + ": the name " + host + " has no address here",
                    "correct the name, or let the stage's network resolve it");
        } catch (NoRouteToHostException e) {
            return CheckResult.fail("broker", address.called() + ": there is no route to it", NETWORK);
        } catch (ConnectException e) {
            return CheckResult.fail(
                    "broker",
                    address.called() + ": nothing listens on port " + port + " (" + e.getMessage() + ")",
                    "correct the port, or start the broker");
        } catch (SocketTimeoutException e) {
            return silent(address, timeout);
        } catch (IOException e) {
            return CheckResult.fail("broker", address.called() + ": " + e.getMessage(), NETWORK);
        }
    }

    private static CheckResult silent(Address address, Duration timeout) {
        return CheckResult.fail(
                "broker", address.called() + ": no answer within " + timeout.toMillis() + " ms", NETWORK);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
