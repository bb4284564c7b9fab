package io.tributary.lab.run;

import io.tributary.lab.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** All processes of a run, which end together whatever ends the run. */
public final class Children implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final List<ChildProcess> servers = new ArrayList<>();
    private final List<ChildProcess> processes = new ArrayList<>();
    private boolean closed;

    /** Starts a process that says what it has to say into {@code log}. */
    public synchronized ChildProcess start(String name, List<String> command, Path log) {
        if (closed) {
            throw new IllegalStateException("The run is being ended, so " + name + " is not started");
        }
        ChildProcess process = ChildProcess.startLogged(name, command, log);
        processes.add(process);
        return process;
    }

    /** Ends a process that is needed no more, as {@link #close} does. */
    public void end(ChildProcess process) {
        synchronized (this) {
            processes.remove(process);
        }
        process.terminate();
        if (!process.awaitEnd(GRACE)) {
            process.killAndWait();
        }
    }

    /** Takes over a running process that the others depend on. */
    public synchronized void addServer(ChildProcess process) {
        servers.add(process);
        if (closed) {
            process.close();
        }
    }

    public synchronized List<ChildProcess> all() {
        return Stream.concat(servers.stream(), processes.stream()).toList();
    }

    /** The sum of the peaks of their resident memory and this process's own, in megabytes; 0 where the system does not tell. */
    public long peakMegabytes() {
        return ResidentMemory.peakMegabytes(Stream.concat(
                        Stream.of(ProcessHandle.current().pid()), all().stream().map(ChildProcess::pid))
                .toList());
    }

    /**
     * A process that has ended, which none does of itself while a run goes on.
     *
     * @throws IllegalStateException if all are being ended, which is no process's fault
     */
    Optional<ChildProcess> ended() {
        throwIfClosed();
        return all().stream().filter(process -> !process.isAlive()).findFirst();
    }

    /** @throws IllegalStateException if all are being ended */
    public void throwIfClosed() {
        if (isClosed()) {
            throw new IllegalStateException("The run is ended before it is done");
        }
    }

    /** Waits for the end of this process if the children are being ended, which happens in its last moments only. */
    public void awaitHaltIfClosed() {
        while (isClosed()) {
            LockSupport.parkNanos(GRACE.toNanos());
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Asks all processes to end, the servers last, since the others depend on them, and ends by force those that do not
     * in time.
     */
    @Override
    public void close() {
        List<ChildProcess> dependent;
        List<ChildProcess> all;
        synchronized (this) {
            closed = true;
            dependent = List.copyOf(processes);
            all = all();
        }
        long deadline = System.nanoTime() + GRACE.toNanos();
        dependent.forEach(ChildProcess::terminate);
        dependent.forEach(process -> process.awaitEnd(until(deadline)));
        all.forEach(ChildProcess::terminate);
        for (ChildProcess process : all) {
            if (!process.awaitEnd(until(deadline))) {
                process.kill();
                process.awaitEnd(GRACE);
            }
        }
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
