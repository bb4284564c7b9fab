package io.tributary.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;

/** What a piece of work took of the clock and of all of this process's threads, in seconds. */
record Cost(double seconds, double cpuSeconds) {

    static Cost of(Runnable work) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long clock = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - clock) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
    }

    /** Of several runs, the one in the middle by the clock. */
    static Cost median(List<Cost> costs) {
        return costs.stream()
                .sorted(Comparator.comparingDouble(Cost::seconds))
                .toList()
                .get(costs.size() / 2);
    }
}
