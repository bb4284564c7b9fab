package io.tributary.lab.run;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.config.TimeFormat;
import io.tributary.error.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a configuration must say for the generated events, which have one shape, to be what they are meant to be. */
final class LoadRequirements {

    private static final Duration OLDEST_BACKDATED = Duration.ofDays(36);
    private static final Duration SURELY_TOO_OLD = Duration.ofDays(50 * 365);
    private static final Duration SURELY_TOO_FAR_AHEAD = Duration.ofDays(364);

    private LoadRequirements() {}

    /** @throws InvalidInputException with everything that does not fit */
    static void check(PipelineConfig config) {
        List<String> problems = new ArrayList<>();
        require(problems, "event.id", String.join(" and ", config.event().id()), "/event_id");
        require(problems, "event.time", config.event().time(), "/event_time");
        config.event()
                .dataCenter()
                .ifPresent(pointer -> require(problems, "event.data_center", pointer, "/data_center"));
        if (!config.event().timeFormats().equals(List.of(TimeFormat.DEFAULT))) {
            problems.add("event.time_format must be default");
        }
        if (config.dedup().scope() == DedupScope.DATA_CENTER
                && config.event().dataCenter().equals(Optional.empty())) {
            problems.add("event.data_center must be /data_center where dedup.scope is data_center");
        }
        Duration maxAge = config.eventTime().maxAge();
        if (maxAge.compareTo(OLDEST_BACKDATED) < 0 || maxAge.compareTo(SURELY_TOO_OLD) > 0) {
            problems.add("event_time.max_age must lie between 36d and 18250d");
        }
        if (config.eventTime().maxAhead().compareTo(SURELY_TOO_FAR_AHEAD) > 0) {
            problems.add("event_time.max_ahead must be less than 365d");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException("The configuration does not fit generated events:\n  "
                    + String.join("\n  ", problems)
                    + "\nChange it, or send events of your own with --input FILE");
        }
    }

    private static void require(List<String> problems, String key, String value, String wanted) {
        if (!value.equals(wanted)) {
            problems.add(key + " must be " + wanted + ", not " + value);
        }
    }
}
