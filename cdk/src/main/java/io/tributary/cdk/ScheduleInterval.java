package io.tributary.cdk;

import io.tributary.config.Durations;
import java.time.Duration;

/** The time between two starts. It divides an hour, or a day into hours, so that the starts are evenly spaced all day. */
record ScheduleInterval(Duration interval) {

    private static final Duration MIN_INTERVAL = Duration.ofMinutes(5);

    ScheduleInterval {
        if (!isEven(interval)) {
            throw uneven(interval.toString());
        }
    }

    static ScheduleInterval parse(String text) {
        Duration interval = Durations.parsePositive(text);
        if (!isEven(interval)) {
            throw uneven(text);
        }
        return new ScheduleInterval(interval);
    }

    private static boolean isEven(Duration interval) {
        long minutes = interval.toMinutes();
        return interval.equals(Duration.ofMinutes(minutes))
                && interval.compareTo(MIN_INTERVAL) >= 0
                && (minutes < 60 ? 60 % minutes == 0 : minutes % 60 == 0 && 1440 % minutes == 0 && minutes < 1440);
    }

    private static IllegalArgumentException uneven(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" does not divide an hour, or a day into hours, evenly, or is"
                        + " below Glue's 5m; write 5m, 6m, 10m, 12m, 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h or 12h");
    }

    /** As a schedule of AWS, which counts in UTC. */
    String cron() {
        long minutes = interval.toMinutes();
        return minutes < 60 ? "cron(0/" + minutes + " * * * ? *)" : "cron(0 0/" + minutes / 60 + " * * ? *)";
    }
}
