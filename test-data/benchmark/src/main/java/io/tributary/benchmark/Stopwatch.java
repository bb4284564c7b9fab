package io.tributary.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures one piece of work after the other. */
final class Stopwatch {

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long clock = System.nanoTime();
    private long cpu = process.getProcessCpuTime();

    /** What was spent since the last call, or since the beginning. */
    Cost lap() {
        long clockNow = System.nanoTime();
        long cpuNow = process.getProcessCpuTime();
        Cost cost = new Cost((clockNow - clock) / 1e9, (cpuNow - cpu) / 1e9);
        clock = clockNow;
        cpu = cpuNow;
        return cost;
    }
}
