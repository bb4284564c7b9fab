package io.tributary.lab.loadtest;

import io.tributary.lab.process.ChildProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The CPU time of processes, by the operating system, those that have ended since included as far as they were seen. */
final class CpuOf {

    private final Supplier<List<ChildProcess>> processes;
    private final Map<Long, Double> byPid = new HashMap<>();

    /** @param processes those that there are now */
    CpuOf(Supplier<List<ChildProcess>> processes) {
        this.processes = processes;
    }

    /** Of all of them since each began. */
    synchronized double seconds() {
        processes.get().forEach(process -> byPid.merge(process.pid(), seconds(process.pid()), Math::max));
        return byPid.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Of this process. */
    static double ownSeconds() {
        return seconds(ProcessHandle.current().pid());
    }

    private static double seconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(used -> used.toMillis() / 1e3)
                .orElse(0.0);
    }
}
