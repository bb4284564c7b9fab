package io.tributary.lab.s3.front;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server of the front, on this machine's loopback address.
 *
 * <pre>
 *   client ──► front ──► endpoint            as long as no rule takes the request
 *              │
 *              ├─ hold-before   ──► waits; then goes on, or the connection is closed and nothing was done
 *              ├─ hold-after    ──► is done; the answer waits, or never comes
 *              ├─ answer:503    ──► is not done
 *              ├─ slow:800      ──► is done later
 *              └─ drop-after    ──► is done; the connection is closed without an answer
 * </pre>
 */
public final class FaultProxy implements AutoCloseable {

    private final ServerSocket server;
    private final InetSocketAddress endpoint;
    private final Rules rules;
    private final RequestCounts counts;
    private final FrontCommands commands;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private FaultProxy(
            ServerSocket server,
            InetSocketAddress endpoint,
            Rules rules,
            RequestCounts counts,
            FrontCommands commands) {
        this.server = server;
        this.endpoint = endpoint;
        this.rules = rules;
        this.counts = counts;
        this.commands = commands;
    }

    /**
     * Opens a front.
     *
     * @param port 0 for any free one
     * @param endpointPort where the endpoint itself serves
     * @param seed decides which requests a rule takes that takes a share of them
     * @param out where it says what it does
     */
    public static FaultProxy open(int port, int endpointPort, long seed, PrintStream out) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Rules rules = new Rules(seed);
        RequestCounts counts = new RequestCounts();
        FaultProxy front = new FaultProxy(
                new ServerSocket(port, 128, loopback),
                new InetSocketAddress(loopback, endpointPort),
                rules,
                counts,
                new FrontCommands(rules, counts, out));
        Thread thread = new Thread(front::accept, "front");
        thread.setDaemon(true);
        thread.start();
        return front;
    }

    public int port() {
        return server.getLocalPort();
    }

    public FrontCommands commands() {
        return commands;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                Thread thread = new Thread(() -> serve(client), "front-client");
                thread.setDaemon(true);
                thread.start();
            } catch (SocketException ignored) {
                // The server was closed, which ends this loop, or one client was gone before it was met.
            } catch (IOException e) {
                throw new IllegalStateException("No more clients can be accepted", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            new FrontConnection(client, endpoint, rules, counts, commands).serve();
        } catch (IOException e) {
            // One side has closed its connection, and so the other is closed.
        } finally {
            clients.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
