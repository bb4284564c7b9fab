package io.tributary.cdk;

import io.tributary.config.Durations;
import java.time.Duration;

/** A time between two starts that a clock's face divides into, so that the starts come evenly all day. */
record Every(Duration interval) {

    private static final Duration SHORTEST = Duration.ofMinutes(5);

    Every {
        long minutes = interval.toMinutes();
        boolean isWhole = interval.equals(Duration.ofMinutes(minutes));
        boolean isEven = minutes > 0 && (minutes < 60 ? 60 % minutes == 0 : minutes % 60 == 0 && 1440 % minutes == 0);
        if (!isWhole || !isEven || interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("\"" + interval + "\" does not divide an hour, or a day into hours,"
                    + " evenly, or is below Glue's 5m; write 5m, 6m, 10m, 12m, 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h or"
                    + " 12h");
        }
    }

    static Every parse(String text) {
        return new Every(Durations.parsePositive(text));
    }

    /** As a schedule of AWS, which counts in UTC. */
    String cron() {
        long minutes = interval.toMinutes();
        return minutes < 60 ? "cron(0/" + minutes + " * * * ? *)" : "cron(0 0/" + minutes / 60 + " * * ? *)";
    }
}
