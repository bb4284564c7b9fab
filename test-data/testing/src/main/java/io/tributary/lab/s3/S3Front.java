package io.tributary.lab.s3;

import io.tributary.lab.process.ChildProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Spoils the requests to an endpoint as it is told, in the process that serves it. */
public final class S3Front {

    private static final Duration OBEYS_WITHIN = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final Map<String, BlockingQueue<String>> held = new ConcurrentHashMap<>();
    private final BlockingQueue<String> obeyed = new LinkedBlockingQueue<>();
    private final AtomicLong applied = new AtomicLong();
    private volatile long lastAppliedNanos = System.nanoTime();
    private volatile String counted = "";
    private volatile int port;

    S3Front(ChildProcess process) {
        this.process = process;
    }

    void serves(int onPort) {
        port = onPort;
    }

    OptionalInt port() {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Takes a line of the process. */
    void said(String line) {
        String[] words = line.split(" ", 4);
        switch (words[0]) {
            case "COUNTED" -> counted = line.substring(words[0].length()).strip();
            case "APPLIED" -> {
                applied.incrementAndGet();
                lastAppliedNanos = System.nanoTime();
            }
            case "HELD" -> heldBy(words[1]).add(words[3]);
            case "DONE", "REFUSED" -> obeyed.add(line);
            default -> {
                // A library's own words mean nothing here.
            }
        }
    }

    private BlockingQueue<String> heldBy(String rule) {
        return held.computeIfAbsent(rule, name -> new LinkedBlockingQueue<>());
    }

    /** Puts a rule in force; when this returns it is. */
    public void add(S3Rule rule) {
        command("add " + rule.name() + " " + rule.text());
    }

    /** Takes a rule out of force; what it holds goes on being held. */
    public void remove(S3Rule rule) {
        command("remove " + rule.name());
    }

    /** Spoils nothing any more, save what is held already. */
    public void removeAll() {
        command("remove *");
    }

    /** The path of the request that a rule holds, once there is one; empty if there is none in time. */
    public Optional<String> awaitHeld(S3Rule rule, Duration within) {
        try {
            return Optional.ofNullable(heldBy(rule.name()).poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a request to spoil", e);
        }
    }

    /** Lets go what a rule holds, as if nothing had been. */
    public void letPass(S3Rule rule) {
        command("release " + rule.name() + " pass");
    }

    /** Closes the connection of what a rule holds; what was not done is never done. */
    public void drop(S3Rule rule) {
        command("release " + rule.name() + " drop");
    }

    /**
     * How many requests there were since this was last asked, by kind: {@code GET}, {@code HEAD}, {@code PUT} and so on, and
     * {@code LIST} for those that list a bucket.
     */
    public SortedMap<String, Integer> takeCounts() {
        command("count");
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (String kind : counted.isEmpty() ? new String[0] : counted.split(" ")) {
            counts.put(kind.substring(0, kind.indexOf('=')), Integer.valueOf(kind.substring(kind.indexOf('=') + 1)));
        }
        return counts;
    }

    /** How many requests were spoilt so far, those that are held not counted. */
    public long faulted() {
        return applied.get();
    }

    /** When it last spoilt a request, by {@link System#nanoTime}; when it was started, if it has not. */
    public long lastSpoiltNanos() {
        return lastAppliedNanos;
    }

    private synchronized void command(String line) {
        process.tell(line);
        try {
            String answer = obeyed.poll(OBEYS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null || !answer.equals("DONE " + line)) {
                throw process.failure("was told \"" + line + "\" and said " + answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while telling the front: " + line, e);
        }
    }
}
