package io.tributary.lab.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.schema.Lake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Serves the page that the merge job writes beside a lake, on 127.0.0.1 at a free port. It reads the page at each request. */
final class PageServer implements AutoCloseable {

    private static final int ANY_PORT = 0;
    private static final String END = "</html>";
    private static final String NOT_YET = """
            <!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Tributary: status</title>
            <p>The merge job has not written its page yet. It appears here after the first merge.</p>
            """;

    private final HttpServer server;
    private final Path page;
    private final Configuration hadoop;
    private volatile byte[] latest = NOT_YET.getBytes(StandardCharsets.UTF_8);

    private PageServer(HttpServer server, Path page, Configuration hadoop) {
        this.server = server;
        this.page = page;
        this.hadoop = hadoop;
    }

    static PageServer of(Lake lake, Configuration hadoop) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT), 0);
            PageServer pages = new PageServer(server, new Path(lake.statusPage()), hadoop);
            server.createContext("/", pages::answer);
            server.start();
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException("The status page cannot be served on 127.0.0.1", e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = read();
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The newest whole page: on a disk, readers may meet one that is being written. */
    private byte[] read() throws IOException {
        try (InputStream in = page.getFileSystem(hadoop).open(page)) {
            byte[] bytes = in.readAllBytes();
            if (new String(bytes, StandardCharsets.UTF_8).strip().endsWith(END)) {
                latest = bytes;
            }
        } catch (FileNotFoundException e) {
            // No merge has ended yet, or the page makes way for the next at this moment.
        }
        return latest;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
