package io.tributary.lab.brokers;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The process that hosts Kafka clusters on this machine's loopback address.
 *
 * <pre>
 *   --dir DIR --clusters a,b ──► DIR/a, DIR/b (made or reused) ──► READY a 127.0.0.1:port
 *                                                                  READY b 127.0.0.1:port
 *                                                                  ALL-READY
 *   SIGTERM or end of standard input ──► every cluster is shut down cleanly
 * </pre>
 *
 * <p>A cluster's directory holds everything that outlives the process: its identity, its records and its port. The end
 * of standard input stops it, so it never outlives the process that started it, however that one ended.
 */
public final class BrokersMain {

    private BrokersMain() {}

    public static void main(String[] args) {
        System.exit(run(args, System.in, System.out, System.err));
    }

    private static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        BrokersArguments arguments;
        try {
            arguments = BrokersArguments.parse(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        }
        try (Clusters clusters = new Clusters()) {
            Runtime.getRuntime().addShutdownHook(new Thread(clusters::close, "shutdown"));
            for (String name : arguments.clusters()) {
                Cluster cluster = Cluster.in(arguments.dir().resolve(name), arguments.hasLogins());
                String address = clusters.start(cluster, arguments.topic(), arguments.partitions());
                if (arguments.hasLogins()) {
                    out.println("LOGIN " + name + " " + cluster.serversWithLogin());
                }
                out.println("READY " + name + " " + address);
            }
            out.println("ALL-READY");
            out.flush();
            awaitEnd(in);
        } catch (IOException e) {
            throw new IllegalStateException("Standard input, which tells this process to go on, cannot be read", e);
        }
        return 0;
    }

    private static void awaitEnd(InputStream in) throws IOException {
        byte[] ignored = new byte[64];
        while (in.read(ignored) >= 0) {
            // What is typed means nothing; only the end does.
        }
    }
}
