package io.tributary.lab.brokers;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The loopback ports of a cluster: for clients, for its controller, and for clients that log in, if it has any. */
record Ports(int clients, int controller, int logins) {

    /** Below the range from which the kernel picks ports for outgoing connections, so a stopped cluster finds its own again. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private static final String CLIENTS = "clients";
    private static final String CONTROLLER = "controller";
    private static final String LOGINS = "logins";

    /** The ports that {@code file} remembers, where still free, else new ones, which it remembers from now on. */
    static Ports rememberedIn(Path file) {
        try {
            Properties known = new Properties();
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    known.load(reader);
                }
            }
            int clients = freeOr(known.getProperty(CLIENTS), Set.of());
            int controller = freeOr(known.getProperty(CONTROLLER), Set.of(clients));
            int logins = freeOr(known.getProperty(LOGINS), Set.of(clients, controller));
            known.setProperty(CLIENTS, Integer.toString(clients));
            known.setProperty(CONTROLLER, Integer.toString(controller));
            known.setProperty(LOGINS, Integer.toString(logins));
            try (Writer writer = Files.newBufferedWriter(file)) {
                known.store(writer, null);
            }
            return new Ports(clients, controller, logins);
        } catch (IOException e) {
            throw new UncheckedIOException("The cluster's ports cannot be kept in " + file, e);
        }
    }

    private static int freeOr(String remembered, Set<Integer> taken) {
        if (remembered != null && isFree(Integer.parseInt(remembered))) {
            return Integer.parseInt(remembered);
        }
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port was found between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
