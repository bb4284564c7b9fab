package io.tributary.lab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The peak of a process's resident memory, where the system tells. */
final class ResidentMemory {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private ResidentMemory() {}

    /** The sum of the processes' peaks, in megabytes; 0 where the system does not tell. */
    static long peakMegabytes(List<Long> pids) {
        return pids.stream().mapToLong(ResidentMemory::peakKilobytes).sum() / 1_000;
    }

    private static long peakKilobytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            for (String line : Files.readAllLines(status)) {
                Matcher peak = PEAK.matcher(line);
                if (peak.matches()) {
                    return Long.parseLong(peak.group(1));
                }
            }
            return 0;
        } catch (IOException e) {
            // The process has ended, or this is another system.
            return 0;
        }
    }
}
