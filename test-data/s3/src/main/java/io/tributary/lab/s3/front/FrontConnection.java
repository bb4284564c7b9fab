package io.tributary.lab.s3.front;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One client's requests, one after the other. Each goes to the endpoint through a connection of its own. */
final class FrontConnection {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SLOW_DOWN = 503;

    private final InputStream in;
    private final OutputStream out;
    private final InetSocketAddress endpoint;
    private final Rules rules;
    private final RequestCounts counts;
    private final FrontCommands commands;

    FrontConnection(
            Socket client, InetSocketAddress endpoint, Rules rules, RequestCounts counts, FrontCommands commands)
            throws IOException {
        this.in = new BufferedInputStream(client.getInputStream());
        this.out = new BufferedOutputStream(client.getOutputStream(), 64 << 10);
        this.endpoint = endpoint;
        this.rules = rules;
        this.counts = counts;
        this.commands = commands;
    }

    /** A request whose body has been read. */
    private static final class Request {

        private final HttpHead head;
        private final byte[] body;

        Request(HttpHead head, byte[] body) {
            this.head = head;
            this.body = body;
        }
    }

    /** Serves until one side ends, or a request's connection is to be closed. */
    void serve() throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            Optional<HttpHead> head = HttpHead.read(in);
            if (head.isEmpty()) {
                return;
            }
            if (head.get().asksToContinue()) {
                out.write(CONTINUE);
                out.flush();
            }
            Request request = new Request(head.get().without("Expect"), HttpBody.ofRequest(head.get(), in));
            goesOn = answer(request) && !head.get().closes();
            out.flush();
        }
    }

    /** Returns whether the client can send another. */
    private boolean answer(Request request) throws IOException {
        counts.add(request.head);
        Optional<Rule> rule = rules.take(request.head.method(), request.head.path());
        return rule.isPresent() ? injectFault(request, rule.get()) : pass(request, out);
    }

    private boolean injectFault(Request request, Rule rule) throws IOException {
        switch (rule.effect()) {
            case HOLD_BEFORE -> {
                return isLetGo(request, rule) && pass(request, out);
            }
            case HOLD_AFTER -> {
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                boolean goesOn = pass(request, answer);
                boolean isLetGo = isLetGo(request, rule);
                if (isLetGo) {
                    answer.writeTo(out);
                }
                return goesOn && isLetGo;
            }
            case DROP_AFTER -> {
                pass(request, OutputStream.nullOutputStream());
                applied(request, rule);
                return false;
            }
            case SLOW -> {
                applied(request, rule);
                delay(rule.value());
                return pass(request, out);
            }
            case ANSWER -> {
                applied(request, rule);
                refuse(request, rule.value());
                return true;
            }
        }
        throw new IllegalStateException("Not an effect: " + rule);
    }

    private void applied(Request request, Rule rule) {
        commands.applied(rule, request.head.method(), request.head.path());
    }

    private boolean isLetGo(Request request, Rule rule) {
        commands.held(rule, request.head.method(), request.head.path());
        return rules.hold(rule).join() == Rules.Release.PASS;
    }

    private static void delay(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pass(Request request, OutputStream to) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(endpoint);
            OutputStream there = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
            there.write(request.head.bytes());
            there.write(request.body);
            there.flush();
            InputStream back = new BufferedInputStream(socket.getInputStream());
            HttpHead head = HttpHead.read(back)
                    .orElseThrow(() -> new EOFException("The endpoint closed the connection without an answer"));
            to.write(head.bytes());
            boolean goesOn = !head.hasBody(request.head.method()) || HttpBody.ofAnswer(head, back, to);
            if (head.isSuccess()) {
                rules.done(request.head.path());
            }
            return goesOn && !head.closes();
        }
    }

    /** An error in S3's words. */
    private void refuse(Request request, int status) throws IOException {
        String code = status == SLOW_DOWN ? "SlowDown" : "InternalError";
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                + "</Code><Message>The lab was told to answer so.</Message></Error>";
        out.write(("HTTP/1.1 " + status + " " + code + "\r\nContent-Type: application/xml\r\nContent-Length: "
                        + body.length() + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        if (!request.head.method().equals("HEAD")) {
            out.write(body.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
