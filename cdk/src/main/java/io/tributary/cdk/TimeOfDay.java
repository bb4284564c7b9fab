package io.tributary.cdk;

import java.time.DateTimeException;
import java.time.LocalTime;

/** A time of day, UTC. */
record TimeOfDay(LocalTime time) {

    static TimeOfDay parse(String text) {
        try {
            LocalTime time = LocalTime.parse(text);
            if (time.getSecond() != 0 || time.getNano() != 0) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has seconds, and a schedule has none; write for example \"04:30\", UTC");
            }
            return new TimeOfDay(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time of day; write for example \"04:30\", UTC", e);
        }
    }

    /** Daily, as a schedule of AWS. */
    String cron() {
        return "cron(" + time.getMinute() + " " + time.getHour() + " * * ? *)";
    }
}
